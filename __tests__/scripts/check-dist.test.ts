import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { steady } from '../../scripts/finish-dist.js'
import { buildCommands, bundledPackages, compareFolders, judgeEmptyRun } from '../../scripts/check-dist.js'

describe('comparing dist with a fresh build', () => {
  let committed: string
  let rebuilt: string

  beforeEach(() => {
    const root = mkdtempSync(join(tmpdir(), 'compare-'))
    committed = join(root, 'dist')
    rebuilt = join(root, 'rebuilt')
    for (const folder of [committed, rebuilt]) {
      mkdirSync(join(folder, 'part'), { recursive: true })
      writeFileSync(join(folder, 'index.js'), 'run()\n')
      writeFileSync(join(folder, 'part/a.js'), 'a\n')
    }
  })

  afterEach(() => rmSync(join(committed, '..'), { recursive: true }))

  it('finds nothing in the same bytes', () => {
    expect(compareFolders(committed, rebuilt)).toEqual([])
  })

  it('finds one changed byte', () => {
    writeFileSync(join(committed, 'index.js'), 'run()\r\n')
    expect(compareFolders(committed, rebuilt)).toEqual(['dist/index.js differs from what src builds.'])
  })

  it('finds a missing file', () => {
    rmSync(join(committed, 'part/a.js'))
    expect(compareFolders(committed, rebuilt)).toEqual(['dist/part/a.js is missing.'])
  })

  it('finds a file the build does not make', () => {
    writeFileSync(join(committed, 'part/left-over.js'), '')
    expect(compareFolders(committed, rebuilt)).toEqual(['dist/part/left-over.js is not made by the build.'])
  })

  it('says so when there is no dist', () => {
    rmSync(committed, { recursive: true })
    expect(compareFolders(committed, rebuilt)).toEqual([expect.stringContaining('does not exist')])
  })
})

describe('the run without inputs', () => {
  const good = { status: 1, stdout: '::error::Input "provider" is missing.\n', stderr: '' }

  it('is right with exit code 1 and one error line', () => {
    expect(judgeEmptyRun(good)).toEqual([])
  })

  it.each([
    ['it succeeds', { ...good, status: 0 }, 'ended with 0'],
    ['it is killed', { ...good, status: null }, 'ended with null'],
    ['it says nothing', { ...good, stdout: '' }, 'printed 0 ::error:: lines'],
    ['it says two things', { ...good, stdout: good.stdout.repeat(2) }, 'printed 2 ::error:: lines'],
    [
      'it crashes',
      { ...good, stderr: "Error: Cannot find module 'pg'\n    at Module._load (node:internal/modules:1:2)\n" },
      'printed a stack trace',
    ],
  ])('is wrong if %s', (_, run, message) => {
    expect(judgeEmptyRun(run)).toEqual([expect.stringContaining(message)])
  })
})

describe('the packages of the bundle', () => {
  it('are the dependencies and theirs, nested copies first, development ones left out', () => {
    const locked = {
      '': { dependencies: { a: '1' }, devDependencies: { d: '1' } },
      'node_modules/a': { dependencies: { b: '2', '@s/c': '1' }, optionalDependencies: { o: '1', absent: '1' } },
      'node_modules/a/node_modules/b': { dependencies: { a: '1' } },
      'node_modules/b': {},
      'node_modules/@s/c': { peerDependencies: { b: '1' } },
      'node_modules/d': {},
      'node_modules/o': {},
    }
    expect(bundledPackages(locked)).toEqual([
      'node_modules/@s/c',
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/b',
      'node_modules/o',
    ])
  })
})

describe('the build commands', () => {
  it('are those of package.json', () => {
    const script =
      'rm -rf lib dist && tsc -p tsconfig.build.json && ncc build lib/index.js -o dist && node steady.ts dist'
    expect(buildCommands(script)).toEqual({
      compile: ['tsc', '-p', 'tsconfig.build.json'],
      bundle: ['ncc', 'build', 'lib/index.js', '-o', 'dist'],
      steady: ['node', 'steady.ts', 'dist'],
    })
  })

  it.each(['', 'rollup -c', 'tsc && ncc build', 'tsc && ncc build && cp a b', 'tsc && ncc build && node a && node b'])(
    'are refused if unknown: %s',
    (script) => {
      expect(() => buildCommands(script)).toThrow('this check knows only')
    },
  )
})

it('a file beside the bundle is called by its name, wherever the project was built', () => {
  const bundle = (id: number) =>
    `/***/ ${id}:\n/***/ ((module, __unused, __webpack_require__) => {\n\nmodule.exports = __webpack_require__.p + "4b84.js?./a/";\n\n/***/ }),\nnew URL(__webpack_require__(${id}), b); __webpack_require__(12)\n`
  expect(steady(bundle(7394))).toBe(steady(bundle(859)))
  expect(steady(bundle(7394))).toContain('new URL(__webpack_require__("file 4b84.js"), b); __webpack_require__(12)')
})
