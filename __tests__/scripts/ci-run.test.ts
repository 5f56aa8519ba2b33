import { afterAll, describe, expect, it } from '@jest/globals'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

const run = resolve(import.meta.dirname, '../../.ci/run')
const folder = mkdtempSync(join(tmpdir(), 'ci-run-'))

// Stands in for npm: the commands named in FAIL fail, and `npm test` prints SUMMARY the way jest does.
writeFileSync(
  join(folder, 'npm'),
  `#!/usr/bin/env bash
[ "$*" = test ] && printf '%b' "$SUMMARY" >&2
[[ "$FAIL" != *"[$*]"* ]]
`,
  { mode: 0o755 },
)

afterAll(() => rmSync(folder, { recursive: true }))

function ci({ fail = '', summary = 'Tests:       5 passed, 5 total\\n' }: { fail?: string; summary?: string }) {
  const env = {
    ...process.env,
    PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
    FAIL: fail,
    SUMMARY: summary,
  }
  const { status, stdout } = spawnSync(run, { env, encoding: 'utf8' })
  return { status, last: stdout.trimEnd().split('\n').at(-1) }
}

describe('the last line and the exit code of .ci/run', () => {
  it.each([
    ['all is well', {}, 0, '5 passed, 0 failed'],
    [
      'jest writes in colour',
      { summary: '\\e[1mTests:       \\e[22m\\e[32m7 passed\\e[39m, 7 total\\n' },
      0,
      '7 passed, 0 failed',
    ],
    [
      'tests fail',
      { fail: '[test]', summary: 'Tests:       2 failed, 1 skipped, 5 passed, 8 total\\n' },
      1,
      '5 passed, 2 failed',
    ],
    ['a suite does not start', { fail: '[test]' }, 1, '5 passed, 1 failed'],
    ['no test ran', { summary: '' }, 1, '0 passed, 1 failed'],
    ['nothing can be installed', { fail: '[ci]' }, 1, '0 passed, 1 failed'],
    ['the check fails', { fail: '[run check]' }, 1, '5 passed, 1 failed'],
    ['the demo fails', { fail: '[run demo]' }, 1, '5 passed, 1 failed'],
    [
      'everything fails',
      { fail: '[test][run check][run demo]', summary: 'Tests: 1 failed, 1 total\\n' },
      1,
      '0 passed, 3 failed',
    ],
  ])('when %s', (...[, situation, status, last]) => {
    expect(ci(situation)).toEqual({ status, last })
  })
})
