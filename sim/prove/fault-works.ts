import type { Branch } from '../../src/domain/branch.js'
import type { Connection, Provider } from '../../src/ports.js'
import { platforms } from './fault-platforms.js'
import { type PlatformStand, specOf } from './fault-stands.js'
import { type Subject, subjectOf, type Work } from './fault-subject.js'

/** All that a run asks of a platform. */
const works: readonly Work<Provider, PlatformStand>[] = [
  {
    name: 'list',
    reads: true,
    run: (provider) => provider.list(),
    wrong(result, { place }) {
      const { items, complete } = result as { items: Branch[]; complete: boolean }
      const names = items.map(({ name }) => name)
      const missing = place.before().filter((name) => !names.includes(name))
      if (complete && missing.length > 0) return `missing in a complete list: ${missing.slice(0, 5).join(', ')}`
      return new Set(names).size < names.length ? 'a branch is twice in a list' : undefined
    },
  },
  {
    name: 'find',
    reads: true,
    run: (provider) => provider.find('pr-7'),
    // A platform's own "there is none" is all that anybody can know.
    wrong: (result, { struck }) =>
      result === undefined && struck?.what !== '404' ? 'a branch that is there was not found' : undefined,
  },
  {
    name: 'connect',
    reads: true,
    run: (provider, { pr7 }) => provider.connection(pr7()),
    wrong: (result) => faultOfConnection(result as Connection),
  },
  {
    name: 'create',
    run: (provider, { dataPolicy }) => provider.create(specOf('pr-8', dataPolicy)),
    wrong: async (_result, { place }) =>
      (await place.left()).includes('pr-8') ? undefined : 'it says that it made a branch that is not there',
  },
  {
    name: 'reset',
    // Not every platform can, and a branch stays as it was then.
    run: (provider, { dataPolicy, pr7 }) =>
      provider.reset?.(pr7(), specOf('pr-7', dataPolicy, 'aabbccddeeff0011')) ?? Promise.resolve(),
  },
  {
    name: 'delete',
    run: (provider, { pr7 }) => provider.delete(pr7()),
    async wrong(result, { struck, place }) {
      const there = (await place.left()).includes('pr-7')
      return there && struck?.what !== '404' ? `it says "${String(result)}" of a branch that is there` : undefined
    },
  },
]

/** A URL that can be used: whole, with a login in it. */
function faultOfConnection({ url, host, username, password }: Connection): string | undefined {
  const text = url.reveal()
  if (!URL.canParse(text) || /undefined|null|\[object/.test(text)) return 'a URL that is none'
  if (host === '' || username === '' || password.reveal() === '') return 'a URL without a login'
  return undefined
}

export const platformSubjects: readonly Subject[] = platforms.map(({ name, start }) => {
  const guarded = async (): Promise<PlatformStand> => {
    const place = await start()
    return { ...place, wrongs: async () => [...(await place.wrongs()), await lost(place)] }
  }
  return subjectOf(name, guarded, works)
})

/** Only a deletion takes the branch of pull request 7 away; a rebuild may leave it set aside for the next run. */
async function lost({ server, left }: PlatformStand): Promise<string | undefined> {
  if ((await left()).some((name) => /^pr-7\b/.test(name))) return undefined
  const asked = server.journal.some(({ method }) => method === 'DELETE')
  return asked ? undefined : 'the branch is gone'
}
