import { Secret } from '../../src/secret.js'
import type { LastingSink } from '../../src/ports.js'
import { vercelSink } from '../../src/sinks/vercel.js'
import { startVercel, type Vercel } from '../platforms/vercel.js'
import { fetchWithin, quickTime } from './fault-clock.js'
import { mark } from './fault-forge-stand.js'
import { type Stand, subjectOf, type Work } from './fault-subject.js'
import { repository } from './world.js'

interface VercelStand extends Stand<LastingSink> {
  readonly vercel: Vercel
}

const theirs = 'THEIR_KEY'
const urlOf = (host: string) => new Secret(`postgresql://pr-7:swordfish@${host}/pr-7`)
const connectionTo = (host: string) => {
  const rest = { host, port: 5432, database: 'pr-7', username: 'pr-7', password: new Secret('swordfish') }
  return { url: urlOf(host), pooledUrl: urlOf(`pool.${host}`), ...rest }
}

async function vercelStand(): Promise<VercelStand> {
  const vercel = await startVercel()
  vercel.add({ key: theirs, value: 'theirs' })
  const open: VercelStand['open'] = (patience) => {
    const time = quickTime()
    const at = { token: new Secret(vercel.token), project: vercel.project, team: vercel.team, apiUrl: vercel.url }
    const target = { variable: 'DATABASE_URL', repository, pullRequest: 7, branch: 'pr-7', gitBranch: 'topic', mark }
    const signal = new AbortController().signal
    return { ports: vercelSink(at, target, { fetch: fetchWithin(patience), clock: time.clock, signal }), time }
  }
  return {
    vercel,
    server: vercel,
    secrets: [vercel.token, 'swordfish'],
    open,
    settle: async () => undefined,
    async wrongs() {
      const { variables } = vercel
      const keys = variables.map(({ key, gitBranch }) => `${key} ${gitBranch}`)
      return [
        variables.some(({ key, value }) => key === theirs && value === 'theirs')
          ? undefined
          : 'theirs is not as it was',
        new Set(keys).size < keys.length ? 'a variable is there twice' : undefined,
        ...vercel.violations,
      ]
    },
  }
}

type VercelWork = Work<LastingSink, VercelStand>

const published = (vercel: Vercel, host: string) =>
  vercel.variables.filter(({ value }) => value.includes(`${host}/pr-7`)).length

const publish = (name: string, before: VercelWork['before']): VercelWork => ({
  name,
  ...(before && { before }),
  run: (sink) => sink.publish(connectionTo('db.example')),
  wrong: (_result, { place: { vercel } }) =>
    published(vercel, 'db.example') === 2 ? undefined : 'it says that a URL is there that is not',
})

const earlier: VercelWork['before'] = (place) => place.open().ports.publish(connectionTo('old.test'))

/** Where previews get their URL from. */
export const vercelSubject = subjectOf('Vercel', vercelStand, [
  publish('publish', undefined),
  publish('publish another URL', earlier),
  {
    name: 'withdraw',
    before: earlier,
    run: (sink) => sink.withdraw(),
    wrong: (result, { place: { vercel }, struck }) =>
      published(vercel, 'old.test') > 0 && struck?.what !== '404'
        ? `it says "${result as string}" of a URL that is there`
        : undefined,
  },
])
