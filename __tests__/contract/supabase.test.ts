import { startSupabase, type Supabase } from '../../sim/platforms/supabase.js'
import type { Provider } from '../../src/ports.js'
import { createSupabaseProvider } from '../../src/providers/supabase.js'
import { Secret } from '../../src/secret.js'
import { simulatedPlatform } from '../fixtures/platform.js'
import { describeProvider, type Platform } from './provider.js'

const start = () =>
  simulatedPlatform<Supabase>({
    simulate: (databases) => startSupabase(databases),
    account: ({ url, key, project }) => ({ apiUrl: url, apiKey: new Secret(key), project }),
    create: createSupabaseProvider,
  })

/** A platform that is asked for less than it can. */
async function modest(change: (provider: Provider) => Partial<Provider>): Promise<Platform> {
  const platform = await start()
  const less = (provider: Provider): Provider => ({
    list: () => provider.list(),
    find: (name) => provider.find(name),
    create: (spec) => provider.create(spec),
    delete: (branch) => provider.delete(branch),
    connection: (branch) => provider.connection(branch),
    close: () => provider.close(),
    capabilities: provider.capabilities,
    ...change(provider),
  })
  const { provider, other, unreachable } = platform
  return { ...platform, provider: less(provider), other: less(other), unreachable: less(unreachable) }
}

// A reset brings no row back, so that branches with data are held to the rest of the contract, and those without to all.
describeProvider('supabase, branches with data', () =>
  modest(({ capabilities }) => ({ capabilities: { ...capabilities, reset: 'none' } })),
)
describeProvider('supabase, branches without data', () =>
  modest((provider) => ({
    capabilities: { ...provider.capabilities, copy: false },
    reset: (branch, spec) => provider.reset!(branch, spec),
  })),
)
