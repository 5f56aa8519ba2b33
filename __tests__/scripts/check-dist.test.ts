import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { minified, shared, steady } from '../../scripts/finish-dist.js'
import { buildCommands, bundledPackages, compareFolders, judgeEmptyRun, judgeSize } from '../../scripts/check-dist.js'

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

  it('compares what a packed file holds, however it was packed', () => {
    const pack = (folder: string, text: string, quality: number) =>
      writeFileSync(
        join(folder, 'a.br'),
        brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
      )
    const grammar = 'grammar, '.repeat(1000)
    pack(committed, grammar, 1)
    pack(rebuilt, grammar, 11)
    expect(compareFolders(committed, rebuilt)).toEqual([])
    pack(rebuilt, `${grammar}.`, 11)
    expect(compareFolders(committed, rebuilt)).toEqual(['dist/a.br differs from what src builds.'])
  })

  it('says so when there is no dist', () => {
    rmSync(committed, { recursive: true })
    expect(compareFolders(committed, rebuilt)).toEqual([expect.stringContaining('does not exist')])
  })
})

describe('the size of dist', () => {
  const allowed = { total: 1_500_000, start: 300_000 }
  const sizes = (start: number, more: number) =>
    new Map([
      ['index.js', start],
      ['1.index.js', more],
    ])

  it('may be what is allowed', () => {
    expect(judgeSize(sizes(300_000, 1_200_000), allowed)).toEqual([])
  })

  it('may not be a byte more', () => {
    expect(judgeSize(sizes(300_000, 1_200_001), allowed)).toEqual([
      'dist has 1501 kB, more than the 1500 kB it may have.',
    ])
    expect(judgeSize(sizes(300_001, 0), allowed)).toEqual([
      'dist/index.js has 301 kB, more than the 300 kB that every run may read at its start.',
    ])
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
      'rm -rf lib && tsc -p tsconfig.build.json && node shake.ts lib && rm -rf dist && ncc build lib/index.js -o dist && node finish.ts dist'
    expect(buildCommands(script)).toEqual({
      compile: ['tsc', '-p', 'tsconfig.build.json'],
      shake: ['node', 'shake.ts', 'lib'],
      bundle: ['ncc', 'build', 'lib/index.js', '-o', 'dist'],
      finish: ['node', 'finish.ts', 'dist'],
    })
  })

  it.each([
    '',
    'rollup -c',
    'tsc && ncc build',
    'tsc && ncc build && node a',
    'tsc && node a && ncc build && cp a b',
    'tsc && node a && ncc build && node b && node c',
  ])('are refused if unknown: %s', (script) => {
    expect(() => buildCommands(script)).toThrow('this check knows only')
  })
})

it('a file beside the bundle is called by its name, wherever the project was built', () => {
  const bundle = (id: number) =>
    `/***/ ${id}:\n/***/ ((module, __unused, __webpack_require__) => {\n\nmodule.exports = __webpack_require__.p + "4b84.js?./a/";\n\n/***/ }),\nnew URL(__webpack_require__(${id}), b); __webpack_require__(12)\n`
  expect(steady(bundle(7394))).toBe(steady(bundle(859)))
  expect(steady(bundle(7394))).toContain('new URL(__webpack_require__("file 4b84.js"), b); __webpack_require__(12)')
})

it('a module that the bundler copied into several chunks becomes a file that they import', () => {
  const section = (id: number, text: string) =>
    `/***/ ${id}:\n/***/ ((__unused, exports, __webpack_require__) => {\n\n${text}\n\n/***/ })`
  const chunk = (id: number, ...sections: string[]) =>
    `export const id = ${id};\nexport const modules = {\n\n${sections.join(',\n\n')}\n\n};\n`
  const files = shared(
    new Map([
      ['index.js', section(8, 'start()')],
      ['1.index.js', chunk(1, section(7, 'api()'), section(5, 'neon()'))],
      ['2.index.js', chunk(2, section(6, 'xata()'), section(7, 'api()'))],
    ]),
  )
  expect([...files.keys()]).toEqual(['index.js', '1.index.js', '2.index.js', 'shared.7.js'])
  expect(files.get('index.js')).toContain('start()')
  expect(files.get('shared.7.js')).toMatch(/^export const module = \(\(__unused, [^]*api\(\)[^]*\}\);\n$/)
  expect(files.get('1.index.js')).toBe(
    `import { module as module7 } from "./shared.7.js";\n${chunk(1, '/***/ 7: module7', section(5, 'neon()'))}`,
  )
  expect(files.get('2.index.js')).toContain(`${section(6, 'xata()')},\n\n/***/ 7: module7\n\n};`)
})

it('keeps the parentheses around a module that tell V8 to parse it once', () => {
  const module = '((exports) => {\n  exports.answer = 6 * 7;\n\n/***/ })'
  const bundle = `export const modules = {\n\n/***/ 12:\n/***/ ${module},\n};\n`
  const { code, map } = minified(bundle, 'a.js')
  expect(code).toBe('export const modules={12:  (e=>{e.answer=42})};')
  expect(JSON.parse(map)).toMatchObject({ file: 'a.js', sources: ['a.js'], sourcesContent: [bundle] })
  expect(minified(`export const module = ${module};\n`, 'b.js').code).toBe('export const module=  (e=>{e.answer=42});')
})
