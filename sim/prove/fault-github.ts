import { readPolicyFile } from '../../src/data/policy-file.js'
import { openGitHub } from '../../src/forges/github/index.js'
import { lawOf } from '../../src/lifecycle/law.js'
import type { Job } from '../../src/ports.js'
import { Secret } from '../../src/secret.js'
import { startGitHub } from '../github/index.js'
import { fetchWithin, quickTime } from './fault-clock.js'
import {
  type Beginning,
  files,
  type ForgeStand,
  isOurs,
  many,
  mark,
  numbers,
  place,
  policy,
  policyPath,
} from './fault-forge-stand.js'
import { repository } from './world.js'

const owned = 'DB_BRANCH_ACTION'
const branchFor = (number: number) => ({ branch: `pr-${number}`, head: undefined })

export async function githubStand({ full = false, commented = false }: Beginning): Promise<ForgeStand> {
  const github = await startGitHub({ repositoryId: repository, contents: { [policyPath]: policy } })
  const opened = full ? numbers : [7]
  for (const number of opened) github.openPullRequest({ number, ...(number === 7 && { files }) })
  const environments = opened.filter((number) => number !== 7).map((number) => `pr-${number}`)
  const token = github.token({
    name: 'job',
    kind: 'fine-grained',
    permissions: 'write-all',
    login: 'octocat',
  })
  const pull = () => github.pullRequests.get(7)!
  const { head } = pull()
  const open: ForgeStand['open'] = (patience) => {
    const time = quickTime()
    const secret = new Secret(token)
    const ports = openGitHub({
      repository: github.repository,
      token: secret,
      environment: { template: 'pr-{number}', secretName: 'DATABASE_URL', token: secret },
      deployment: true,
      mark,
      apiUrl: github.url,
      fetch: fetchWithin(patience),
      job: { debug: () => undefined } as unknown as Job,
      clock: time.clock,
      signal: new AbortController().signal,
    })
    const sinksFor: typeof ports.sinksFor = (number, at = branchFor(number)) =>
      ports.sinksFor(number, { ...at, head: { commit: head.sha, gitBranch: head.ref } })
    const text = () => ports.readFile({ path: policyPath })
    const { law } = lawOf({ path: policyPath, text, parse: async (yaml) => readPolicyFile(policyPath, yaml) })
    return { ports: { ...ports, sinksFor, law }, time }
  }
  for (const name of environments) {
    const { variables } = github.ensureEnvironment(name)
    const value = `made for the pull request of ${name}`
    variables.set(owned, { name: owned, value, createdAt: new Date(), updatedAt: new Date() })
  }
  const say = (body: string, id: number) => {
    const at = new Date()
    github.comments.set(id, { id, number: 7, author: pull().author, body, createdAt: at, updatedAt: at })
  }
  // Later ones than ours, which is on the first page so.
  const others = commented ? many : 1
  for (let id = 1; id <= others; id++) say(`Comment ${id}`, 2_000_000 + id)
  return {
    server: github,
    secrets: [token.slice(-12), 'swordfish'],
    truth: { open: opened, files, policy, environments },
    others,
    setState: (state) => void (state === 'closed' ? github.closePullRequest(7) : github.reopenPullRequest(7)),
    url: () => github.environmentSecrets('pr-7')['DATABASE_URL'],
    comments() {
      const ours = github.commentsOn(7).filter(({ body }) => isOurs(body)).length
      return { ours, others: github.commentsOn(7).length - ours }
    },
    open,
    async settle() {
      if (!commented) return
      await open().ports.comment?.write({ ...place, run: '1.0' }, 'An earlier report')
    },
    wrongs: async () => github.violations.map((each) => `GitHub does not know this: ${JSON.stringify(each)}`),
  }
}
