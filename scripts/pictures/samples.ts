import type { BranchReport } from '../../src/domain/branch-report.js'
import { judge, parseFailOn } from '../../src/domain/fail-on.js'
import type { Finding } from '../../src/domain/insight.js'

/** What the pictures show: a shop whose migration rewrites its largest table, and one without any finding. */

const addTotal = `ALTER TABLE orders
  ALTER COLUMN total TYPE numeric(12, 2),
  ADD COLUMN placed_by bigint NOT NULL DEFAULT nextval('orders_placed_by_seq');`
const index = 'CREATE INDEX orders_customer_idx ON orders (customer_id);'
const drop = 'ALTER TABLE customers DROP COLUMN fax;'

const findings: readonly Finding[] = [
  {
    kind: 'rewrite',
    severity: 'high',
    rule: 'table-rewrite',
    object: 'public.orders',
    detail: 'Every row of the table was written anew under ACCESS EXCLUSIVE; nobody could read it meanwhile.',
    advice: 'Add a new column, fill it in batches, and swap the names in a second migration.',
    statement: addTotal,
    file: 'migrations/0042_totals.sql',
    line: 3,
    ms: 12_430,
    bytes: 1_503_238_553,
    source: 'observed',
  },
  {
    kind: 'data_loss',
    severity: 'high',
    rule: 'drop-column',
    object: 'public.customers.fax',
    detail: 'The column and all its values go away, and code that still reads it fails.',
    advice: 'Stop using the column first, deploy that, and drop it in a later release.',
    statement: drop,
    file: 'migrations/0042_totals.sql',
    line: 9,
    source: 'diff',
  },
  {
    kind: 'lock',
    severity: 'medium',
    rule: 'create-index',
    object: 'public.orders',
    detail: 'SHARE was held while the index was built: every INSERT, UPDATE and DELETE waited.',
    advice: 'Use CREATE INDEX CONCURRENTLY, outside a transaction.',
    statement: index,
    file: 'migrations/0043_index.sql',
    line: 1,
    ms: 2_910,
    source: 'observed',
  },
  {
    kind: 'seq_scan',
    severity: 'medium',
    rule: 'index-to-seq-scan',
    object: 'queries/open-orders.sql',
    detail: 'The query reads the whole table orders, where the parent uses orders_status_idx.',
    advice: 'Keep the index, or make one that serves the new type.',
    ratio: 48.2,
    source: 'plan',
  },
  {
    kind: 'lock',
    severity: 'low',
    rule: 'no-lock-timeout',
    object: 'public.orders',
    detail: 'The migration waits for its locks without an end, and everybody else waits behind it.',
    advice: "Begin it with SET lock_timeout = '5s', and try again when that fails.",
    file: 'migrations/0042_totals.sql',
    line: 1,
    source: 'static',
  },
]

function failOn(text: string) {
  const parsed = parseFailOn(text)
  if ('fault' in parsed) throw new Error(parsed.fault)
  return { conditions: parsed.conditions, violations: judge({ conditions: parsed.conditions, findings }) }
}

const origin = {
  branch: 'pr-42',
  parent: 'main',
  createdAt: '2026-11-22T09:30:00Z',
  reportedAt: '2026-11-22T12:04:31Z',
  commit: '5a1c9e07f1f24be0a7b3d3c6d3a1e8b1f0c2d4e6',
  runUrl: 'https://github.com/acme/shop/actions/runs/1234567890',
} as const

export const dangerous: BranchReport = {
  ...origin,
  dataPolicy: 'masked',
  certificate:
    'Masking rules f00df00df00df00d, the given key (3b1f0c2d). Masked 1,014,200 rows of 14 tables and verified them.',
  migrate: { ms: 16_210, exit: 0 },
  seed: { ms: 840, exit: 0 },
  findings,
  failOn: failOn('rewrite, lock>10s'),
  locks: {
    exact: true,
    relations: [
      {
        relation: 'public.orders',
        mode: 'ACCESS EXCLUSIVE',
        ms: 12_430,
        sizeBytes: 1_503_238_553,
        rows: 1_000_000,
        statement: addTotal,
      },
      {
        relation: 'public.orders',
        mode: 'SHARE',
        ms: 2_910,
        waited: 120,
        sizeBytes: 1_503_238_553,
        rows: 1_000_000,
        statement: index,
      },
      {
        relation: 'public.customers',
        mode: 'ACCESS EXCLUSIVE',
        ms: 9,
        sizeBytes: 12_582_912,
        rows: 14_200,
        statement: drop,
      },
    ],
    rewrites: [{ relation: 'public.orders', reason: 'the type of a column changed', ms: 12_430, bytes: 1_503_238_553 }],
    scans: [{ relation: 'public.order_lines', constraint: 'order_lines_order_fk', bytes: 734_003_200 }],
    statements: [
      { sql: addTotal, ms: 12_430 },
      { sql: index, ms: 2_910 },
      {
        sql: 'ALTER TABLE order_lines ADD CONSTRAINT order_lines_order_fk FOREIGN KEY (order_id) REFERENCES orders (id);',
        ms: 861,
      },
      { sql: drop, ms: 9 },
    ],
    walBytes: 1_610_612_736,
  },
  diff: {
    counts: { added: 3, removed: 2, changed: 1 },
    tree: `~ table public.orders
  ~ column total: numeric(10,2) → numeric(12,2)
  + column placed_by bigint not null default nextval('orders_placed_by_seq')
  + index orders_customer_idx (customer_id)
  - index orders_status_idx (status)
~ table public.customers
  - column fax text
+ sequence public.orders_placed_by_seq`,
    sql: `CREATE SEQUENCE public.orders_placed_by_seq;\n${addTotal}\n${index}\nDROP INDEX public.orders_status_idx;\n${drop}`,
  },
  plans: {
    queries: 6,
    changes: [
      {
        query: 'open orders of a customer',
        change: 'index to seq scan',
        severity: 'medium',
        file: 'queries/open-orders.sql',
        line: 4,
        cost: { before: 412, after: 19_860 },
        ms: { before: 3, after: 214 },
        buffers: { before: 61, after: 18_334 },
        nodes: ['- Index Scan using orders_status_idx on orders', '+ Seq Scan on orders'],
      },
      {
        query: 'orders of a day',
        change: 'cost',
        cost: { before: 8.4, after: 9.1 },
        nodes: [],
      },
    ],
  },
  problems: [],
}

export const safe: BranchReport = {
  ...origin,
  branch: 'pr-43',
  dataPolicy: 'schema_only',
  migrate: { ms: 310, exit: 0 },
  findings: [],
  locks: { exact: true, relations: [], rewrites: [], scans: [], statements: [], walBytes: 24_576 },
  diff: {
    counts: { added: 2, removed: 0, changed: 0 },
    tree: `+ table public.vouchers
  + column id bigint not null
  + column code text not null
  + constraint vouchers_pkey primary key (id)
+ index vouchers_code_idx (code)`,
    sql: 'CREATE TABLE public.vouchers (id bigint PRIMARY KEY, code text NOT NULL);\nCREATE INDEX vouchers_code_idx ON public.vouchers (code);',
  },
  plans: { queries: 6, changes: [] },
  problems: [],
}

export const broken: BranchReport = {
  ...origin,
  branch: 'pr-44',
  dataPolicy: 'masked',
  migrate: {
    ms: 1_420,
    exit: 1,
    failure:
      'PostgreSQL refused statement 3 of migrations/0044_unique.sql, line 7: could not create unique index "customers_email_key".',
    statement: 'ALTER TABLE customers\n  ADD CONSTRAINT customers_email_key UNIQUE (email);',
  },
  findings: [],
  problems: ['Plans were not compared, because the migration failed.'],
}
