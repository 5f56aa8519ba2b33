import type { PullRequestReading } from '../../src/domain/cleanup-plan.js'
import type { Known } from '../../src/domain/known.js'
import type { Allowed } from '../../src/domain/policy.js'
import type { PullRequestFacts } from '../../src/domain/pull-request.js'
import type { ClaimedEnvironment } from '../../src/ports.js'
import { type ForgeRun, type ForgeStand, place, policyPath } from './fault-forge-stand.js'
import { faultOfReason, faultOfSentence } from './fault-kinds.js'
import { runs } from './fault-forge-runs.js'
import { githubStand } from './fault-github.js'
import { gitlabStand } from './fault-gitlab.js'
import { type Subject, subjectOf, type Work } from './fault-subject.js'

type ForgeWork = Work<ForgeRun, ForgeStand>

/** A fact is known as it is, or unknown for a reason that can be read. */
function reads<T>(
  name: string,
  run: (ports: ForgeRun) => Promise<Known<T>>,
  wrong: (value: T, place: ForgeStand, what: string) => string | undefined,
): ForgeWork {
  return {
    name,
    reads: true,
    run,
    wrong(result, { struck, place: at }) {
      const reading = result as Known<T>
      if (reading.known) return wrong(reading.value, at, struck?.what ?? '')
      return struck === undefined ? `unknown: ${reading.why}` : faultOfReason(reading.why, at.secrets)
    },
  }
}

function sameSet(found: readonly (string | number)[], wanted: readonly (string | number)[]): string | undefined {
  if (new Set(found).size < found.length) return 'something is twice in a list'
  const missing = wanted.filter((one) => !found.includes(one))
  if (missing.length > 0) return `missing in a list that counts as whole: ${missing.slice(0, 3).join(', ')}`
  return found.length > wanted.length ? 'more in a list than there is' : undefined
}

const readings: readonly ForgeWork[] = [
  reads(
    'pull request',
    ({ forge }) => forge.pullRequest(7),
    ({ number, state }) => (number === 7 && state === 'open' ? undefined : `pull request ${number} is ${state}`),
  ),
  reads(
    'open pull requests',
    ({ sweepForge }) => sweepForge.openPullRequests(),
    (value: ReadonlyMap<number, PullRequestFacts>, { truth }) => sameSet([...value.keys()], truth.open),
  ),
  {
    name: 'pull requests by number',
    reads: true,
    run: ({ sweepForge }) => sweepForge.pullRequestsByNumber([7, 5000]),
    wrong(result, { struck, place: at }) {
      const [seven, none] = [7, 5000].map((number) => (result as Map<number, PullRequestReading>).get(number))
      if (!seven || !none) return 'a number without an answer'
      if (none.known) return 'a pull request that there never was'
      if (seven.known) return seven.value.state === 'open' ? undefined : 'an open pull request is read as closed'
      return struck === undefined ? 'unknown without a fault' : faultOfReason(seven.why, at.secrets)
    },
  },
  reads(
    'changed files',
    ({ changedFiles }) => changedFiles!(7),
    (value: readonly string[], { truth }) => sameSet(value, truth.files),
  ),
  reads(
    'policy file',
    ({ readFile }) => readFile({ path: policyPath }),
    // GitHub's own "there is none", beside a repository that is there, is all that anybody can know.
    (value: string | undefined, { truth }, what) =>
      value === truth.policy || (value === undefined && what === '404') ? undefined : 'the policy file is another one',
  ),
  {
    name: 'law',
    reads: true,
    run: ({ law }) => law({ dataPolicy: 'copy', approval: 'nobody', parent: 'main' }),
    wrong: (result, { struck }) =>
      (result as Allowed).dataPolicy === 'copy' && struck?.what !== '404' ? 'a copy, which the law forbids' : undefined,
  },
  reads(
    'environments',
    ({ environments }) => environments!.list(),
    (value: readonly ClaimedEnvironment[], { truth }) =>
      sameSet(
        value.map(({ name }) => name),
        truth.environments,
      ),
  ),
  {
    name: 'whose an environment is',
    reads: true,
    run: ({ environments }) => environments!.claimed({ name: 'pr-nobody', pullRequest: 7 }).catch(() => false),
    wrong: (result) => (result === true ? 'an environment that is not ours counts as ours' : undefined),
  },
]

/** The comment of others stays, ours is there once or not at all, and what goes wrong is one sentence. */
function comments(name: string, run: ForgeWork['run'], least: number): ForgeWork {
  return {
    name,
    run,
    wrong(result, { struck, place: at }) {
      const { ours, others } = at.comments()
      if (others !== at.others) return `of ${at.others} comments of others ${others} are left`
      if (ours < least) return 'our comment is gone'
      if (ours > 1 && result === undefined) return `${ours} comments of ours`
      if (result === undefined) return undefined
      const problem = result as string
      return struck === undefined ? `without a fault: ${problem}` : faultOfSentence(problem, at.secrets)
    },
  }
}

const write: ForgeWork['run'] = ({ comment }) => comment!.write(place, 'The report')

const first = [comments('first comment', write, 0), ...runs.first]
const again = [
  comments('comment again', write, 1),
  comments('comment of a closed pull request', ({ comment }) => comment!.withdraw(place), 1),
]

export const forgeSubjects: readonly Subject[] = [
  subjectOf('GitHub, readings', () => githubStand({ full: true }), readings),
  subjectOf('GitHub, first run', () => githubStand({}), first),
  subjectOf('GitHub, later run', () => githubStand({}), runs.later),
  subjectOf('GitHub, comments', () => githubStand({ commented: true }), again),
  subjectOf('GitLab, readings', () => gitlabStand({ full: true }), readings),
  subjectOf('GitLab, first run', () => gitlabStand({}), first),
  subjectOf('GitLab, later run', () => gitlabStand({}), runs.later),
  subjectOf('GitLab, comments', () => gitlabStand({ commented: true }), again),
]
