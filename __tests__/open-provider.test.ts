import { expect, it } from '@jest/globals'
import { faultsOf } from '../src/errors.js'
import type { Config } from '../src/inputs.js'
import { openProvider, type ProviderWorld } from '../src/open-provider.js'

const faulty = 'version: 1\nplatform: Cloud\nnonsense: 1\n'

/** What opening the platform that this description is of throws. */
async function failure(restConfig: string): Promise<unknown> {
  const platform = { provider: 'rest', restConfig, apiUrl: 'https://cloud.example', database: '' }
  const world = { env: {}, job: {}, signal: new AbortController().signal, workspaceFile: () => faulty }
  return openProvider(
    world as unknown as ProviderWorld,
    {
      platform,
      repository: { id: 42 },
    } as unknown as Config,
  ).catch((error: unknown) => error)
}

it('a faulty description stands on its line of the file that holds it', async () => {
  const error = await failure('cloud.yml')
  expect(faultsOf(error)).toEqual([{ file: 'cloud.yml', line: 3, detail: expect.stringContaining('"nonsense"') }])
  expect(String(error)).toMatch(/^InputError: Input "rest_config" line 3: /)
})

it('and on none where it stands in the workflow', async () => {
  const error = await failure(faulty)
  expect([String(error).slice(0, 40), faultsOf(error)]).toEqual(['InputError: Input "rest_config" line 3: ', []])
})
