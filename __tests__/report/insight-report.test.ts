import { describe, expect, it } from '@jest/globals'
import { parsers } from 'prettier/plugins/markdown'
import { broken, dangerous, safe } from '../../scripts/pictures/samples.js'
import type { BranchReport } from '../../src/domain/branch-report.js'
import { parseFailOn } from '../../src/domain/fail-on.js'
import type { Finding } from '../../src/domain/insight.js'
import { renderReport } from '../../src/report/insight-report.js'
import { Secret } from '../../src/secret.js'

const summary = (report: BranchReport) => renderReport(report, { place: 'summary', secrets: [] })
const comment = (report: BranchReport) => renderReport(report, { place: 'comment', secrets: [] })

interface Node {
  readonly type: string
  readonly value?: string
  readonly children?: readonly Node[]
}

/** Every node of the Markdown, as the parser that Prettier carries reads it: GFM with formulas and footnotes. */
function nodesOf(markdown: string): Node[] {
  const all = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(all)]
  return all(parsers.markdown.parse(markdown, {} as never) as Node)
}

/** What a reader gets beside text: kinds of nodes with their numbers, and every HTML tag. */
function shapeOf(markdown: string): Record<string, number> {
  const shape: Record<string, number> = {}
  for (const { type, value = '' } of nodesOf(markdown)) {
    // Text that needs escapes is shown between tags instead of backticks, and a dollar sign stands in a span.
    const harmless = ['text', 'sentence', 'word', 'whitespace', 'inlineCode'].includes(type)
    const tags = type === 'html' ? (value.match(/<[^>]*>?/g) ?? []) : [type]
    for (const tag of harmless ? [] : tags) {
      if (!/^<\/?(code|span)>$/.test(tag)) shape[tag] = (shape[tag] ?? 0) + 1
    }
  }
  return shape
}

/** Every foreign text of a report at once. */
function reportOf(text: string): BranchReport {
  const finding: Finding = {
    kind: 'rewrite',
    severity: 'high',
    rule: 'r',
    object: text,
    detail: text,
    advice: text,
    statement: text,
    file: text,
    line: 3,
    source: 'observed',
  }
  const condition = { text, what: 'rewrite' } as const
  return {
    branch: text,
    parent: text,
    dataPolicy: 'masked',
    certificate: text,
    createdAt: text,
    reportedAt: '2026-11-22T12:00:00Z',
    commit: text,
    runUrl: text,
    migrate: { ms: 1, exit: 1, failure: text, statement: text },
    seed: { ms: 1, exit: undefined, failure: text },
    findings: [finding],
    failOn: {
      conditions: [condition],
      violations: [
        { condition, finding, detail: text },
        { condition, detail: text },
      ],
    },
    locks: {
      exact: false,
      relations: [{ relation: text, mode: text, ms: 1, statement: text }],
      rewrites: [{ relation: text, reason: text }],
      scans: [{ relation: text, constraint: text }],
      statements: [{ sql: text, ms: 1 }],
    },
    diff: { counts: { added: 1, removed: 0, changed: 0 }, tree: text, sql: text },
    plans: { queries: 1, changes: [{ query: text, change: text, file: text, nodes: [text] }] },
    problems: [text],
  }
}

const hostile = [
  '@octocat and @acme/team, mail x@evil.example, xmpp:a@b.example',
  'https://evil.example ftp://evil.example www.evil.example HTTP://EVIL.example',
  '[a](https://evil.example) ![b](https://evil.example/x.png) [c]: https://evil.example "t" <https://evil.example>',
  '<img src=x onerror=y><script>z</script></details></sub><!-- x --> <b>&lt;&amp;&#64;octocat',
  '# T',
  '- [ ] task',
  '1. list',
  '> [!CAUTION]',
  '=== ',
  '---',
  '| a | b |\n| - | - |',
  '```\n</details>\n~~~~\n````````\n<img src=x>\n```mermaid\ngraph TD',
  '`a` ``b`` \\`c\\`',
  '$x$ $$y$$ $`z`$ \\(w\\)',
  'foot[^1]\n\n[^1]: note',
  '#1 acme/shop#2 GH-3 5a1c9e07f1f24be0a7b3d3c6d3a1e8b1f0c2d4e6 :rocket:',
  '::error::boo\n  ::stop-commands::x ##[command]y',
  'a\u202Eb\u2066c\u200Bd\u00ADe\u2060f\uFEFFg\u3164h\u{E0041}i\uD800\u0000\u001B[31m',
  '    indented\n\n\tcode\r\n\rend\u2028x\u0085y',
  '<!-- db-branch-action report=0000000000000000 run=1.1 -->',
  '**a** _b_ ~~c~~ \\',
]

describe('hostile text', () => {
  const tame = shapeOf(summary(reportOf('tame')))

  it.each(hostile)('%j makes nothing that a tame name would not make', (text) => {
    for (const wrapped of [text, `x ${text}`, `${text} x`]) {
      const rendered = summary(reportOf(wrapped))
      expect(shapeOf(rendered)).toEqual(tame)
      expect(rendered).not.toMatch(/(?![\n\t\u200B\u00A0])[\p{Cc}\p{Cf}\p{Cs}\u3164]/u)
      expect(rendered).not.toMatch(/^\s*::|##\[/m)
      // What GitHub makes of text outside code: mentions, references, emoji, formulas.
      const read = nodesOf(rendered)
        .flatMap(({ type, value }) => (type === 'word' || type === 'text' ? [value ?? ''] : []))
        .join('\n')
      expect(read).not.toMatch(/@\w|#\d|GH-\d|:\w+:|\b[0-9a-f]{40}\b|:\/\/|www\./i)
      expect(rendered.replace(/<span>\$<\/span>/g, '').replace(/`+[^`]*`+/g, '')).not.toContain('$')
    }
  })

  it('is still there to read', () => {
    const rendered = summary(reportOf('@acme/team #1'))
    expect(rendered.replaceAll('\u200B', '').match(/@acme\/team #1/g)!.length).toBeGreaterThan(20)
  })

  it('in an address makes no link', () => {
    for (const runUrl of ['javascript:x', 'https://a.example/x) [y](https://evil.example', 'https://a@evil.example/']) {
      expect(comment({ ...safe, runUrl })).not.toContain('](')
    }
    expect(comment(safe)).toContain('[whole report](https://github.com/acme/shop/actions/runs/1234567890)')
  })
})

describe('a report with too much', () => {
  const many = 3000
  const finding = (index: number): Finding => ({
    ...dangerous.findings[0]!,
    object: `public.table_${index}`,
    statement: `SELECT ${index}, '${'é'.repeat(100)}'`,
  })
  const huge: BranchReport = {
    ...dangerous,
    findings: Array.from({ length: many }, (_none, index) => finding(index)),
    failOn: { conditions: [], violations: [] },
    diff: {
      counts: { added: many, removed: 0, changed: 0 },
      tree: Array.from({ length: many }, (_none, index) => `+ table public.t${index}`).join('\n'),
      sql: `${'x'.repeat(100_000)}\n${'SELECT 1;\n'.repeat(50_000)}`,
    },
    problems: Array.from({ length: 500 }, (_none, index) => `Part ${index} ${'y'.repeat(2000)}`),
  }

  it.each<['comment' | 'summary', number]>([
    ['comment', 65_000],
    ['summary', 900_000],
  ])('is cut to the size of a %s, says how much is missing, and stays whole Markdown', (place, limit) => {
    const rendered = renderReport(huge, { place, secrets: [] })
    const length = place === 'comment' ? rendered.length : Buffer.byteLength(rendered)
    expect(length).toBeLessThanOrEqual(limit)
    expect(length).toBeGreaterThan(limit * 0.9)
    const shown = rendered.match(/^\| 🔴\u00A0\d+ \|/gm)!.length
    expect(shown).toBeGreaterThan(20)
    expect(rendered).toContain(`… and ${(many - shown).toLocaleString('en-US')} more findings that this place`)
    const shape = shapeOf(rendered)
    expect(shape['<details>']).toBe(shape['</details>'])
    expect(shape['heading']).toBe(1)
    expect(rendered).toMatch(/Branch `pr-42` · parent `main`/)
    // Small parts are whole.
    expect(rendered).toContain('order_lines_order_fk')
  })

  it('of one enormous statement is cut too', () => {
    const statement = `SELECT '${'`|$<'.repeat(50_000)}'`
    const rendered = comment({ ...dangerous, findings: [{ ...finding(1), statement, detail: statement }] })
    expect(rendered.length).toBeLessThanOrEqual(65_000)
  })
})

describe('the verdict', () => {
  const with_ = (change: Partial<BranchReport>) => summary({ ...safe, ...change }).split('\n')[0]
  const low: Finding = { ...dangerous.findings[0]!, severity: 'low' }
  const parsed = parseFailOn('rewrite')
  const [condition] = 'fault' in parsed ? [] : parsed.conditions

  it.each<[string, Partial<BranchReport>]>([
    ['### ✅ Database report: no findings', {}],
    ['### ⚠️ Database report: no findings, but not everything could be looked at', { problems: ['x'] }],
    ['### 🟠 Database report: 1 finding to look at', { findings: [low] }],
    ['### 🔴 Database report: 2 findings to settle before production', { findings: dangerous.findings }],
    [
      '### ❌ Database report: 1 finding fails this check',
      {
        findings: [low],
        failOn: { conditions: [condition!], violations: [{ condition: condition!, finding: low, detail: 'x' }] },
      },
    ],
    [
      '### ❌ Database report: this check could not be judged',
      { failOn: { conditions: [condition!], violations: [{ condition: condition!, detail: 'x' }] } },
    ],
    ['### ❌ Database report: the migration failed', { ...broken }],
    ['### ❌ Database report: the seed failed', { seed: { ms: 1, exit: undefined } }],
  ])('%s', (line, change) => {
    expect(with_(change)).toBe(line)
  })
})

it('says once why times of locks are sampled', () => {
  const limit = 'No exact times, as the role of the branch may not create event triggers: all of this is from samples.'
  const text = summary({ ...dangerous, locks: { ...dangerous.locks!, exact: false, limits: [limit] } })
  expect(text).toContain('Times are sampled every 20 ms.')
  expect(text.match(/event trigger/g)).toHaveLength(1)
})

it('findings stand by danger, with the number that the failing condition names', () => {
  const rendered = summary({ ...dangerous, findings: [...dangerous.findings].reverse() })
  expect(rendered.match(/^\| [🔴🟠🔵]\u00A0\d+ \| [^<]*/gmu)).toEqual(
    [
      '| 🔴\u00A01 | `public.orders`',
      '| 🔴\u00A02 | `public.customers.fax`',
      '| 🟠\u00A03 | `public.orders`',
      '| 🟠\u00A04 | `queries/open-orders.sql` |',
      '| 🔵\u00A05 | `public.orders`',
    ].map((start) => expect.stringContaining(start)),
  )
  expect(rendered).toContain('**Fails `fail_on`:** `rewrite` (finding 1)')
  expect(rendered).toContain('**12.4\u00A0s · 1.4\u00A0GB**, seen on the branch')
})

it('a secret is in no form of it, not even cut or escaped', () => {
  const secret = new Secret('p_w*d|`x`-9f8e7d6c')
  const text = `${'a'.repeat(230)} ${secret.reveal()} postgresql://u:${encodeURIComponent(secret.reveal())}@h`
  const rendered = renderReport(reportOf(text), { place: 'summary', secrets: [secret] })
  expect(rendered).toContain('***'.replace(/\*/g, '\\*'))
  expect(rendered.replaceAll('\\', '').replaceAll('\u200B', '')).not.toMatch(/p_w|9f8e7d6c/)
})
