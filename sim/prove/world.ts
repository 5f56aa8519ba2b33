import type { Branch } from '../../src/domain/branch.js'
import type { Claim } from '../../src/domain/claim.js'
import type { PullRequestFacts } from '../../src/domain/pull-request.js'
import type { Progress } from '../../src/ports.js'
import type { Run } from './run.js'

export const repository = 42
const start = Date.parse('2026-11-22T08:00:00.000Z')
export const day = 86_400_000

/** What stands on the platform. */
export interface Row {
  readonly id: string
  name: string
  readonly claim: Claim | undefined
  /** Under a name of its own, not the one its claim speaks of. */
  aside: boolean
  /** It has its name and does not yet obey its data policy. */
  unfinished: boolean
  /** `original`: as they are in the parent. */
  rows: 'original' | 'masked' | 'none'
  progress: Progress
  /** How often the seed ran. */
  seeds: number
  /** Who makes it; undefined for what was there before. */
  readonly maker: Run | undefined
  /** Whose command is at work in it. */
  workplace: Run | undefined
}

/** An environment of the forge; `ours` is the variable by which a sweep knows it. */
export interface EnvironmentRow {
  ours: boolean
  url: string | undefined
}

/**
 * Everything outside the action, in memory: a platform, a forge, environments and a clock. It holds every write against
 * the promises of the action; what breaks one is in `violations`.
 */
export class World {
  now = start
  readonly rows: Row[] = []
  readonly pulls = new Map<number, PullRequestFacts>()
  readonly environments = new Map<number, EnvironmentRow>()
  readonly violations: string[] = []
  /** URLs that left, with the run that handed them out. */
  readonly exposed: { run: Run; url: string }[] = []
  /** By id, as they are to stay: what nobody but their owner may touch. */
  readonly #foreign = new Map<string, string>()
  #ids = 0

  add(row: Partial<Row> & { name: string }): Row {
    this.#ids += 1
    const full: Row = {
      id: `id-${this.#ids}`,
      claim: undefined,
      aside: false,
      unfinished: false,
      rows: 'original',
      progress: { state: 'none' },
      seeds: 0,
      maker: undefined,
      workplace: undefined,
      ...row,
    }
    this.rows.push(full)
    return full
  }

  /** The parent, somebody's branch, another repository's, one made by hand: they stay as they are. */
  addForeign(): void {
    const others: (Partial<Row> & { name: string })[] = [
      { name: 'main' },
      { name: 'release-2024' },
      { name: 'pr-70', claim: claimOf({ repository: 43, pullRequest: 70, branch: 'pr-70' }) },
      { name: 'by-hand', claim: claimOf({ pullRequest: null, branch: 'by-hand' }) },
      { name: 'pr-8', claim: claimOf({ pullRequest: 9, branch: 'pr-8' }) },
    ]
    for (const other of others) {
      const row = this.add(other)
      this.#foreign.set(row.id, JSON.stringify(row))
    }
    for (const number of [8, 9, 70]) this.setPull(number, 'closed', 30)
  }

  setPull(number: number, state: 'open' | 'closed', daysAgo = 0): void {
    const at = new Date(this.now - daysAgo * day).toISOString()
    this.pulls.set(number, { number, state, closedAt: state === 'closed' ? at : null, updatedAt: at, labels: [] })
  }

  byName(name: string): Row | undefined {
    return this.rows.find((row) => row.name === name)
  }

  byId(id: string): Row | undefined {
    return this.rows.find((row) => row.id === id)
  }

  /** What the provider tells of a row. */
  branchOf(row: Row): Branch {
    return {
      id: row.id,
      name: row.name,
      claim: row.claim ? { kind: 'claim', claim: row.claim } : { kind: 'none' },
      ...(row.unfinished && { unfinished: true }),
      ...(row.aside && { leftover: true, ...(row.maker?.alive && { alive: true }) }),
    }
  }

  /** Takes a row away, and asks whether that was right. */
  remove(run: Run, row: Row): void {
    this.rows.splice(this.rows.indexOf(row), 1)
    const what = `${run.id} deleted "${row.name}"`
    if (this.#foreign.has(row.id)) this.#broken(`${what}, which is not ours`)
    if (row.claim?.golden && !row.aside && !row.unfinished) this.#broken(`${what}, a golden parent`)
    if (row.aside || row.unfinished || row.maker?.id === run.id) return
    const number = row.claim?.pullRequest
    if (number != null && run.lastRead.get(number) !== 'closed')
      this.#broken(`${what} without having read pull request #${number} as closed`)
  }

  /** A row gives its name to another and stands aside. */
  replace(run: Run, { old, made }: { old: Row; made: Row }): void {
    const what = `${run.id} replaced "${old.name}"`
    if (this.#foreign.has(old.id)) this.#broken(`${what}, which is not ours`)
    if (made.unfinished || !obeys(made)) this.#broken(`${what} by one that is not finished`)
    const { name } = old
    old.name = `${name}.old-${made.id}`
    old.aside = true
    made.name = name
    made.aside = false
  }

  /** A URL leaves the run. `row` is what the run logged in to. */
  expose(run: Run, { row, url }: { row: Row | undefined; url: string }): void {
    const what = `${run.id} handed out ${url}`
    this.exposed.push({ run, url })
    if (!row) return this.#broken(`${what}, to which it never logged in`)
    if (!run.masked.has(url)) this.#broken(`${what} before it was masked`)
    if (this.#foreign.has(row.id) || row.claim?.repository !== repository) this.#broken(`${what}, which is not ours`)
    if (row.claim?.golden) this.#broken(`${what}, a golden parent`)
    if (row.unfinished || !obeys(row)) this.#broken(`${what} before its data policy was met`)
    // Who came after may be at work in it already: what counts is that this run did its own.
    const prepared = run.connects || run.prepared === row.id
    if (this.rows.includes(row) && !row.aside && (!prepared || row.seeds !== 1))
      this.#broken(`${what} with migrations ${row.progress.state} and ${row.seeds} seeds`)
    const number = row.claim?.pullRequest
    if (number != null && !run.connects && run.lastRead.get(number) !== 'open')
      this.#broken(`${what} without having read pull request #${number} as open`)
  }

  #broken(what: string): void {
    this.violations.push(what)
  }

  expectForeignUntouched(): void {
    for (const [id, before] of this.#foreign)
      if (JSON.stringify(this.byId(id)) !== before) this.#broken(`What is not ours is not as it was: ${before}`)
  }

  check(holds: boolean, promise: string): void {
    if (!holds) this.#broken(promise)
  }
}

/** Whether the rows are those of its data policy. */
function obeys({ claim, rows }: Row): boolean {
  if (claim?.dataPolicy === 'schema_only') return rows === 'none'
  return claim?.dataPolicy !== 'masked' || rows === 'masked'
}

/** The claim of a branch that a run made ten days before. */
export function claimOf(change: Partial<Claim> = {}): Claim {
  return {
    repository,
    pullRequest: 7,
    branch: 'pr-7',
    parent: 'main',
    dataPolicy: 'schema_only',
    run: '1.1',
    build: `old-${change.branch ?? 'pr-7'}`,
    createdAt: new Date(start - 10 * day).toISOString(),
    parentSchema: 'one',
    ...change,
  }
}
