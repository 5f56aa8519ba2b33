import { describe, expect, it } from '@jest/globals'
import { idle, judge, parseFailOn } from '../../src/domain/fail-on.js'
import type { Finding } from '../../src/domain/insight.js'

function conditionsOf(text: string) {
  const parsed = parseFailOn(text)
  if ('fault' in parsed) throw new Error(parsed.fault)
  return parsed.conditions
}

function finding(change: Partial<Finding>): Finding {
  return {
    kind: 'lock',
    severity: 'low',
    rule: 'access-exclusive',
    object: 'public.orders',
    detail: 'It is locked.',
    advice: 'Do it in two steps.',
    source: 'observed',
    ...change,
  }
}

describe('fail_on', () => {
  it('reads kinds, severities and limits', () => {
    expect(
      conditionsOf(' rewrite, data_loss,\nLOCK > 2s,cost>1.5x, scan>100MB, lock>500ms,lock>2min, high,, '),
    ).toEqual([
      { text: 'rewrite', what: 'rewrite' },
      { text: 'data_loss', what: 'data_loss' },
      { text: 'LOCK > 2s', what: 'lock', above: { measure: 'ms', value: 2000 } },
      { text: 'cost>1.5x', what: 'cost', above: { measure: 'ratio', value: 1.5 } },
      { text: 'scan>100MB', what: 'scan', above: { measure: 'bytes', value: 104_857_600 } },
      { text: 'lock>500ms', what: 'lock', above: { measure: 'ms', value: 500 } },
      { text: 'lock>2min', what: 'lock', above: { measure: 'ms', value: 120_000 } },
      { text: 'high', what: 'high' },
    ])
  })

  it('reads what is measured in thousands, of each kind', () => {
    expect(conditionsOf('scan>1kB, rewrite>2GB, seq_scan>3x').map(({ above }) => above)).toEqual([
      { measure: 'bytes', value: 1024 },
      { measure: 'bytes', value: 2 * 1024 ** 3 },
      { measure: 'ratio', value: 3 },
    ])
  })

  it('takes the same condition once, and nothing for nothing', () => {
    expect(conditionsOf('lock>2s, lock > 2000ms, lock, lock')).toHaveLength(2)
    expect(conditionsOf(' \n, ')).toEqual([])
  })

  it.each<[string, string]>([
    ['locks', '"locks" is none of lock, rewrite, scan, data_loss, break, seq_scan, cost, high, medium, low'],
    ['lock 2s', '"lock 2s" is none of lock, '],
    ['lock>=2s', '"lock>=2s" has no limit that "lock" can be compared with; write it like "lock>2s"'],
    ['lock>', '"lock>" has no limit that "lock" can be compared with; write it like "lock>2s"'],
    ['lock>2', 'write it like "lock>2s"'],
    ['lock>-2s', 'write it like "lock>2s"'],
    ['lock>1e3s', 'write it like "lock>2s"'],
    ['lock>3x', 'write it like "lock>2s"'],
    ['cost>2s', 'write it like "cost>3x"'],
    ['rewrite>3x', 'write it like "rewrite>2s" or "rewrite>100MB"'],
    ['data_loss>1s', '"data_loss>1s" has a limit, but "data_loss" has nothing to compare; write "data_loss"'],
    ['high>2s', '"high>2s" has a limit, but "high" has nothing to compare; write "high"'],
    ['rewrite; high', '"rewrite; high" is none of lock, '],
    ['break>1s', '"break>1s" has a limit, but "break" has nothing to compare; write "break"'],
    ['seq_scan>2s', 'write it like "seq_scan>3x"'],
    ['toString', '"toString" is none of lock, '],
    ['lock>2s!', 'write it like "lock>2s"'],
    ['high'.repeat(20), `"${'high'.repeat(20)}" is none of`],
    ['high'.repeat(21), `"${'high'.repeat(20)}…" is none of`],
    ['lock>2constructor', 'write it like "lock>2s"'],
  ])('refuses %j in one sentence', (text, fault) => {
    expect(parseFailOn(`rewrite, ${text}`)).toEqual({ fault: expect.stringContaining(fault) })
  })

  it.each([
    ['cost>1.125x', 1.125],
    ['cost>999999999x', 999_999_999],
  ])('%s is exact', (text, value) => {
    expect(conditionsOf(text)[0]?.above).toEqual({ measure: 'ratio', value })
  })

  it('tells conditions apart by their limit', () => {
    expect(conditionsOf('rewrite, rewrite>1s, rewrite>1000MB, rewrite>1000ms, scan')).toHaveLength(4)
    expect(conditionsOf('rewrite>1s, rewrite')).toHaveLength(2)
    expect(conditionsOf('scan>1000ms, scan>1000kb, scan>1000ms')).toHaveLength(2)
    // 2 kB and 2048 ms are the same number.
    expect(conditionsOf('scan>2kb, scan>2048ms')).toHaveLength(2)
  })

  it('knows what nothing could break, by what is looked at', () => {
    const idleOf = (...looked: Parameters<typeof idle>[1]) =>
      idle(conditionsOf('lock, lock>1s, data_loss, cost, high'), looked).map(({ text }) => text)
    expect(idleOf('static')).toEqual(['lock>1s', 'cost'])
    expect(idleOf('observed')).toEqual(['data_loss', 'cost'])
    expect(idleOf('diff')).toEqual(['lock', 'lock>1s', 'cost'])
    expect(idleOf('plan')).toEqual(['lock', 'lock>1s', 'data_loss'])
    expect(idleOf()).toHaveLength(5)
  })

  it.each<[string, Parameters<typeof idle>[1]]>([
    ['lock', ['observed', 'static']],
    ['rewrite', ['observed', 'static']],
    ['scan', ['observed', 'static']],
    ['data_loss', ['diff', 'static']],
    ['break', ['diff', 'static']],
    ['seq_scan', ['plan']],
    ['cost', ['plan']],
  ])('finds %s in %j alone', (kind, sources) => {
    for (const source of ['observed', 'static', 'diff', 'plan'] as const)
      expect(idle(conditionsOf(kind), [source])).toHaveLength(sources.includes(source) ? 0 : 1)
  })

  it.each<[string, Partial<Finding>, boolean]>([
    ['lock', { ms: 1 }, true],
    ['lock', { kind: 'rewrite' }, false],
    ['lock>2s', { ms: 2000 }, false],
    ['lock>2s', { ms: 2000.1 }, true],
    ['lock>2s', { source: 'static' }, false],
    ['lock>2s', { kind: 'rewrite', ms: 9000 }, false],
    ['rewrite>1MB', { kind: 'rewrite', ms: 9_999_999, bytes: 1_048_576 }, false],
    ['rewrite>1MB', { kind: 'rewrite', bytes: 1_048_577 }, true],
    ['cost>3x', { kind: 'cost', ratio: 3 }, false],
    ['cost>3x', { kind: 'cost', ratio: 3.01 }, true],
    ['high', { severity: 'high' }, true],
    ['high', { severity: 'medium' }, false],
    ['medium', { severity: 'high' }, true],
    ['low', { severity: 'medium' }, true],
  ])('%s on %j', (text, change, broken) => {
    const violations = judge({ conditions: conditionsOf(text), findings: [finding(change)] })
    expect(violations).toHaveLength(broken ? 1 : 0)
  })

  it('names condition, object and finding, each finding once', () => {
    const findings = [finding({ ms: 5000, severity: 'high' })]
    const [violation, ...others] = judge({ conditions: conditionsOf('lock>2s, high'), findings })
    expect(violation).toMatchObject({ detail: 'lock>2s: public.orders: It is locked.', finding: findings[0] })
    expect(others).toEqual([])
  })

  it.each<[string, string[]]>([
    ['lock>2s', ['lock>2s could not be judged: nobody watched']],
    ['lock', ['lock could not be judged: nobody watched']],
    ['seq_scan, data_loss', []],
    ['high', ['high could not be judged: nobody watched']],
    ['scan>1kb, scan', ['scan>1kb could not be judged: nobody watched', 'scan could not be judged: nobody watched']],
  ])('%s is not met by what could not be read', (text, details) => {
    const violations = judge({ conditions: conditionsOf(text), findings: [] }, { observed: 'nobody watched' })
    expect(violations.map(({ detail }) => detail)).toEqual(details)
  })

  it('a limit is not met by statements that could not be read, a kind is', () => {
    const unread = { static: 'no parser' }
    const of = (text: string) => judge({ conditions: conditionsOf(text), findings: [] }, unread).length
    expect([of('lock>1s'), of('lock'), of('cost'), of('low')]).toEqual([0, 1, 0, 1])
  })
})
