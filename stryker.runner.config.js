import { existsSync, globSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * Runs the tests for Stryker in one process, without jest: a mutant is switched on in modules that stand loaded, which
 * takes milliseconds where jest needs seconds. Fast files come first, for the first test that fails ends a mutant.
 */
const files = [
  '__tests__/domain/*.test.ts',
  '__tests__/domain/{masking,synthetic}/*.test.ts',
  '__tests__/lifecycle/!(chaos).test.ts',
  '__tests__/providers/{deletions,postgres/removal}.test.ts',
  '__tests__/http/{api,fetch,wait}.test.ts',
  '__tests__/sinks/exported-variables.test.ts',
  // Those with snapshots need jest.
  '__tests__/report/!(summary|sweep-summary).test.ts',
  '__tests__/lifecycle/chaos.test.ts',
]

/** `TestStatus` of Stryker. A test that is red without any change must end the run, or it would seem to notice all of them. */
const [green, red] = [0, 1]

class InProcess {
  static inject = ['options']
  #stryker = (globalThis.__stryker__ ??= {})
  #options
  #blocks

  constructor(options) {
    this.#options = options
  }

  capabilities() {
    // A mutant of what runs while modules load needs a fresh process; of one that does so among others the rest counts.
    return { reloadEnvironment: this.#options.ignoreStatic }
  }

  async init() {
    registerHooks({ resolve })
    // What a failed test leaves behind is no news.
    process.on('unhandledRejection', () => undefined)
    // Here it costs no mutant its time. A static mutant must be on before anything is loaded.
    if (this.#options.ignoreStatic) await this.#load()
  }

  async dryRun() {
    await this.#load()
    const tests = []
    await this.#runAll({ wants: () => true, took: (result) => tests.push(result) && false })
    return { status: 'complete', tests, mutantCoverage: this.#stryker.mutantCoverage }
  }

  /** A test that hangs is ended by Stryker together with this process. */
  async mutantRun({ activeMutant, testFilter, hitLimit, mutantActivation }) {
    const stryker = this.#stryker
    if (mutantActivation === 'static') stryker.activeMutant = activeMutant.id
    const unloadable = await this.#load().then(() => undefined, String)
    if (unloadable !== undefined) {
      if (mutantActivation !== 'static') throw new Error(unloadable)
      return killed({ id: 'loading', failureMessage: unloadable }, 0)
    }
    Object.assign(stryker, { activeMutant: activeMutant.id, hitCount: hitLimit && 0, hitLimit })
    let failed
    let count = 0
    const wanted = new Set(testFilter)
    await this.#runAll({
      wants: (id) => testFilter === undefined || wanted.has(id),
      took(result) {
        count += 1
        if (result.status === red) failed = result
        return failed !== undefined
      },
    })
    stryker.activeMutant = undefined
    if (hitLimit !== undefined && stryker.hitCount > hitLimit) return { status: 'timeout', reason: 'endless loop' }
    return failed ? killed(failed, count) : { status: 'survived', nrOfTests: count }
  }

  async #load() {
    if (this.#blocks) return
    const { declaredBy } = await import(globals)
    this.#blocks = []
    for (const file of files.flatMap((pattern) => globSync(pattern).sort())) {
      const path = join(process.cwd(), file)
      this.#blocks.push({ ...(await declaredBy(file, () => import(pathToFileURL(path).href))), path })
    }
  }

  async #runAll(run) {
    for (const block of this.#blocks) {
      const took = (result) => run.took({ ...result, fileName: block.path })
      if (await this.#runBlock(block, { ...run, took }, [])) return
    }
  }

  /** True when it is enough. */
  async #runBlock(block, run, outer) {
    if (!idsOf(block).some(run.wants)) return false
    const ran = async () => {
      for (const { id, run: test } of block.tests) {
        if (!run.wants(id)) continue
        const result = await this.#runTest(id, async () => {
          for (const { beforeEach } of [...outer, block]) await all(beforeEach)
          await test()
          for (const { afterEach } of [block, ...outer]) await all(afterEach)
        })
        if (run.took(result)) return true
      }
      for (const inner of block.blocks) if (await this.#runBlock(inner, run, [...outer, block])) return true
      return false
    }
    const started = await this.#runTest(`before ${block.name}`, () => all(block.beforeAll))
    this.#shareCoverage(started.id, idsOf(block))
    const enough = started.status === red ? run.took(started) : await ran()
    await all(block.afterAll).catch(() => undefined)
    return enough
  }

  async #runTest(id, test) {
    this.#stryker.currentTestId = id
    const start = performance.now()
    const failure = await test().then(
      () => undefined,
      (error) => error ?? 'nothing was thrown',
    )
    this.#stryker.currentTestId = undefined
    const base = { id, name: id, timeSpentMs: performance.now() - start }
    if (failure === undefined) return { ...base, status: green }
    return { ...base, status: red, failureMessage: String(failure?.message ?? failure) }
  }

  /** What ran before some tests counts as run by each of them. */
  #shareCoverage(before, ids) {
    const { perTest } = this.#stryker.mutantCoverage ?? { perTest: {} }
    for (const id of ids) if (perTest[before]) perTest[id] = { ...perTest[before], ...perTest[id] }
    delete perTest[before]
  }
}

function killed({ id, failureMessage }, nrOfTests) {
  return { status: 'killed', killedBy: [id], failureMessage, nrOfTests }
}

function idsOf({ tests, blocks }) {
  return [...tests.map(({ id }) => id), ...blocks.flatMap(idsOf)]
}

async function all(hooks) {
  for (const hook of hooks) await hook()
}

const globals = new URL('stryker.globals.config.js', import.meta.url).href

/** The tests get their globals from here, and TypeScript where they import what it would be compiled to. */
function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') return { url: globals, shortCircuit: true }
  if (specifier.startsWith('.') && specifier.endsWith('.js')) {
    const url = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL)
    if (url.protocol === 'file:' && existsSync(fileURLToPath(url))) return { url: url.href, shortCircuit: true }
  }
  return next(specifier, context)
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'in-process', injectableClass: InProcess }]
