import { fork } from 'node:child_process'
import { join } from 'node:path'
import { type GitHub, startGitHub } from '../sim/github/index.js'
import type { Figures, Task } from './sweep-child.js'

/** Milliseconds that every request to GitHub and to the platform takes. */
const latency = 20
const doomed = 10
const day = 86_400_000

/**
 * A night's cleanup against the loop that most scripts use, one request per branch. Half of the pull requests are open, ten
 * branches are due. Each runs in a process of its own, so that the simulator's memory is not counted. The loop is not
 * run at 5,000 branches, where it would take minutes.
 */
export async function sweepGrowth(): Promise<string> {
  const lines = [
    '| branches | GitHub requests | platform requests | ms | one request per branch | ms | requests | time | peak heap MB | peak RSS MB |',
    '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
  ]
  const github = await startGitHub({ latency })
  try {
    for (const size of [10, 100, 1_000, 5_000]) {
      seed(github, size)
      const from = github.journal.length
      const ours = await inChild(github, { what: 'cleanup', size })
      const requests = github.journal.length - from
      if (ours.deleted !== Math.min(doomed, size / 2)) throw new Error(`${ours.deleted} branches were deleted`)
      const loop = size > 1_000 ? undefined : await inChild(github, { what: 'loop', size })
      const ratios = loop ? [`1/${(size / requests).toFixed(0)}`, `1/${(loop.ms / ours.ms).toFixed(1)}`] : ['–', '–']
      const cells = [
        ...[size, requests, ours.platformRequests, ours.ms.toFixed(0)],
        ...[loop ? size : '–', loop?.ms.toFixed(0) ?? '–', ...ratios],
        ...[ours.peakHeap.toFixed(0), ours.peakRss.toFixed(0)],
      ]
      lines.push(`| ${cells.join(' | ')} |`)
    }
  } finally {
    await github.close()
  }
  return lines.join('\n')
}

/** Pull requests 1 to `size`: the first half closed, the first ten long ago, the others open. */
function seed(github: GitHub, size: number): void {
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
