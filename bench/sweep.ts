import { fork } from 'node:child_process'
import { join } from 'node:path'
import { type GitHub, startGitHub } from '../sim/github/index.js'
import { table } from '../scripts/markdown.js'
import { plotSvg } from './plot.js'
import type { Figures, Task } from './sweep-child.js'
import type { Comparison } from './table.js'

/** Milliseconds that every request to GitHub and to the platform takes. */
const latency = 20
/** Branches that are due. */
export const doomed = 10
const day = 86_400_000

export interface Growth {
  readonly rows: readonly Comparison[]
  /** All sizes, as a Markdown table. */
  readonly table: string
  /** Sizes and seconds. */
  readonly plot: string
}

interface Point {
  readonly size: number
  readonly requests: number
  readonly ours: Figures
  /** Undefined where it would take minutes. */
  readonly loop: Figures | undefined
}

/**
 * A night's cleanup against the loop that most scripts use, one request per branch. Half of the pull requests are open, ten
 * branches are due. Each runs in a process of its own, so that the simulator's memory is not counted. The loop is not
 * run at 5,000 branches, where it would take minutes.
 */
export async function sweepGrowth(): Promise<Growth> {
  const points: Point[] = []
  const github = await startGitHub({ latency })
  try {
    for (const size of [10, 100, 1_000, 5_000]) {
      seedPullRequests(github, size)
      const from = github.journal.length
      const ours = await inChild(github, { what: 'cleanup', size })
      const requests = github.journal.length - from
      if (ours.deleted !== Math.min(doomed, size / 2)) throw new Error(`${ours.deleted} branches were deleted`)
      const loop = size > 1_000 ? undefined : await inChild(github, { what: 'loop', size })
      points.push({ size, requests, ours, loop })
    }
  } finally {
    await github.close()
  }
  return { rows: points.flatMap(goalRows), table: tableOf(points), plot: plotOf(points) }
}

/** The goals are those of a thousand branches. */
function goalRows({ size, requests, ours, loop }: Point): Comparison[] {
  if (size !== 1_000 || !loop) return []
  const row = { what: `cleanup of ${size} branches`, against: 'one request per branch' }
  return [
    { ...row, unit: 'requests', ours: [requests], baseline: [size], goal: 1 / 20 },
    { ...row, ours: [ours.ms], baseline: [loop.ms], goal: 1 / 10 },
  ]
}

function tableOf(points: readonly Point[]): string {
  return table(
    [
      'branches',
      'GitHub requests',
      'platform requests',
      'ms',
      'one request per branch, ms',
      'peak heap',
      'peak memory',
    ],
    points.map(({ size, requests, ours, loop }) => [
      ...[size, requests, ours.platformRequests].map(String),
      ours.ms.toFixed(0),
      loop?.ms.toFixed(0) ?? '',
      `${ours.peakHeap.toFixed(0)} MB`,
      `${ours.peakRss.toFixed(0)} MB`,
    ]),
  )
}

function plotOf(points: readonly Point[]): string {
  const seconds = ({ ms }: Figures) => ms / 1000
  return plotSvg({
    title: 'One cleanup, by number of branches',
    xLabel: 'branches',
    yLabel: `seconds, with ${latency} ms per request`,
    series: [
      { name: 'db-branch-action', points: points.map(({ size, ours }) => [size, seconds(ours)]) },
      {
        name: 'one request per branch',
        points: points.flatMap(({ size, loop }) => (loop ? [[size, seconds(loop)] as const] : [])),
      },
    ],
  })
}

/** Pull requests 1 to `size`: the first half closed, the first ten long ago, the others open. */
export function seedPullRequests(github: GitHub, size: number): void {
  for (let number = 1; number <= size; number++) {
    if (!github.pullRequests.has(number)) github.openPullRequest({ number })
    const pullRequest = github.pullRequests.get(number)
    if (!pullRequest) throw new Error(`no pull request ${number}`)
    const closed = number <= size / 2
    pullRequest.state = closed ? 'closed' : 'open'
    pullRequest.closedAt = closed ? new Date(Date.now() - (number <= doomed ? 30 : 1) * day) : null
  }
}

async function inChild(github: GitHub, order: Pick<Task, 'what' | 'size'>): Promise<Figures> {
  const token = github.token({
    name: 'bench',
    kind: 'workflow',
    permissions: { contents: 'read', 'pull-requests': 'read' },
  })
  const task: Task = { ...order, token, repository: github.repository, latency, maxDeletions: doomed }
  // The toolkit reads the address once, when it is imported.
  const env = { ...process.env, GITHUB_API_URL: github.url }
  const child = fork(join(import.meta.dirname, 'sweep-child.ts'), [JSON.stringify(task)], { env })
  return new Promise((resolve, reject) => {
    child.once('message', (figures) => resolve(figures as Figures))
    child.once('close', (code) => reject(new Error(`The child ended with ${code}.`)))
  })
}
