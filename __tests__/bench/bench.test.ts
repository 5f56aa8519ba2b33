import { describe, expect, it } from '@jest/globals'
import { plotSvg } from '../../bench/plot.js'
import { groupsOf, type HttpStep } from '../../bench/recording.js'
import { report } from '../../bench/table.js'

describe('the table of ratios', () => {
  const row = { what: 'a', against: 'b', ours: [300, 200, 160], baseline: [100, 100, 100] }

  it('takes medians, compares turn by turn and says whether the goal is met', () => {
    const lines = report([{ ...row, goal: 1.5 }, { ...row, unit: 'MB', goal: 2 }, row]).split('\n')
    expect(lines.slice(2)).toEqual([
      '| a | 200 ms | b | 100 ms | 2.00 | 1.60 to 3.00 | 3 | ≤ 1.5 | **no** |',
      '| a | 200 MB | b | 100 MB | 2.00 | 1.60 to 3.00 | 3 | ≤ 2 | yes |',
      '| a | 200 ms | b | 100 ms | 2.00 | 1.60 to 3.00 | 3 |  |  |',
    ])
  })
})

describe('the plot', () => {
  const plot = { title: 'a < b', xLabel: 'x', yLabel: 'y' }

  it('puts a power of ten as far from the next as that from its next', () => {
    const points = [1, 10, 100].map((size) => [size, size] as const)
    const svg = plotSvg({ ...plot, series: [{ name: 'one', points }] })
    const places = [...svg.matchAll(/<circle class="p0" cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [x, y])
    expect(places).toEqual([
      ['64', '340'],
      ['302', '198'],
      ['540', '56'],
    ])
    expect(svg).toContain('a &lt; b')
  })

  it('refuses to draw nothing', () => {
    expect(() => plotSvg({ ...plot, series: [] })).toThrow('nothing to plot')
  })
})

describe('the recording of a run', () => {
  const step = (at: number, until: number, more: Partial<HttpStep> = {}): HttpStep => {
    return {
      kind: 'http',
      at,
      until,
      method: 'GET',
      url: '/a',
      headers: {},
      body: '',
      status: 200,
      answer: {},
      ...more,
    }
  }

  it('keeps together what was under way at the same time, and begins anew after each answer', () => {
    const groups = groupsOf([step(920, 930), step(0, 10, { url: '/b' }), step(5, 15, { url: '/c' })], [])
    expect(groups.map(({ wait, steps }) => [wait, steps.length])).toEqual([
      [0, 2],
      [0, 1],
    ])
  })

  it('makes one look that is repeated of readings with waits between them, which ends as the last one did', () => {
    const post = step(0, 10, { method: 'POST' })
    const waits = [
      { at: 11, ms: 250 },
      // Given up: it would have gone on beyond the look.
      { at: 12, ms: 30_000 },
      { at: 281, ms: 500 },
    ]
    const groups = groupsOf([post, step(275, 280), step(795, 800, { answer: { status: 'ready' } })], waits)
    expect(groups).toMatchObject([
      { wait: 0, steps: [{ method: 'POST' }] },
      { wait: 0, steps: [{ method: 'GET', waits: [250, 500], answer: { status: 'ready' } }] },
    ])
    expect(groups[0]?.steps[0]).not.toHaveProperty('waits')
  })

  it('waits before what is no look, too', () => {
    const post = step(600, 610, { method: 'POST' })
    expect(groupsOf([step(0, 10), post], [{ at: 15, ms: 500 }])).toMatchObject([{ wait: 0 }, { wait: 500 }])
  })
})
