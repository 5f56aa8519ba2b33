import { readPolicyFile } from '../../src/data/policy-file.js'
import { openGitLab } from '../../src/forges/gitlab/index.js'
import { lawOf } from '../../src/lifecycle/law.js'
import { Secret } from '../../src/secret.js'
import { startGitLab } from '../gitlab/index.js'
import type { Variable } from '../gitlab/state.js'
import { fetchWithin, quickTime } from './fault-clock.js'
import {
  type Beginning,
  files,
  type ForgeStand,
  isOurs,
  many,
  numbers,
  place,
  policy,
  policyPath,
} from './fault-forge-stand.js'

const variableOf = (name: string): Variable => ({
  key: 'DATABASE_URL',
  value: 'postgresql://u:p@h/d',
  variable_type: 'env_var',
  environment_scope: name,
  masked: true,
  hidden: false,
  protected: false,
  raw: true,
  description: `db-branch-action: made for the merge request of ${name}`,
})

export async function gitlabStand({ full = false, commented = false }: Beginning): Promise<ForgeStand> {
  const gitlab = await startGitLab({ contents: { [policyPath]: policy } })
  const opened = full ? numbers : [7]
  for (const number of opened) gitlab.openPullRequest({ number })
  const request = gitlab.pullRequests.get(7)!
  request.files.push(...files.map((path) => ({ new_path: path, deleted_file: false })))
  const environments = opened.filter((number) => number !== 7).map((number) => `pr-${number}`)
  gitlab.variables.push(...environments.map(variableOf))
  const others = commented ? many : 1
  const notes = numbers.slice(0, others).map((id) => ({ id, body: `Note ${id}`, author: 1, system: false }))
  gitlab.notes.set(7, notes)
  const token = gitlab.token()
  const open: ForgeStand['open'] = (patience) => {
    const time = quickTime()
    const secret = new Secret(token)
    const ports = openGitLab({
      apiUrl: gitlab.url,
      project: gitlab.id,
      repository: 'shop',
      token: secret,
      environment: { template: 'pr-{number}', secretName: 'DATABASE_URL', token: secret },
      protected: false,
      fetch: fetchWithin(patience),
      clock: time.clock,
      signal: new AbortController().signal,
    })
    const text = () => ports.readFile({ path: policyPath })
    const { law } = lawOf({ path: policyPath, text, parse: async (yaml) => readPolicyFile(policyPath, yaml) })
    return { ports: { ...ports, law }, time }
  }
  return {
    server: gitlab,
    secrets: [token.slice(-12), 'swordfish'],
    truth: { open: opened, files, policy, environments },
    others,
    setState(state) {
      if (state === 'closed') return gitlab.closePullRequest(7)
      Object.assign(request, { state: 'open', closedAt: null })
    },
    url: () => gitlab.variables.find((one) => one.environment_scope === 'pr-7' && one.key === 'DATABASE_URL')?.value,
    comments() {
      const ours = notes.filter(({ body }) => isOurs(body)).length
      return { ours, others: notes.length - ours }
    },
    open,
    async settle() {
      if (commented) await open().ports.comment?.write({ ...place, run: '1.0' }, 'An earlier report')
    },
    wrongs: async () => gitlab.violations.map((each) => `GitLab does not know this: ${each}`),
  }
}
