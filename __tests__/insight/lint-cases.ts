import type { FindingKind, Severity } from '../../src/domain/insight.js'

/** The schema that every case is written for. */
export const shop = `
CREATE TYPE mood AS ENUM ('glad', 'sad');
CREATE DOMAIN short AS text;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text, name varchar(40) NOT NULL DEFAULT '',
  balance numeric(8,2), seen timestamptz, mood mood, code int, tag varchar(20) CHECK (length(tag) < 20), nick short,
  legal text CHECK (legal IS NOT NULL));
INSERT INTO customers (email, balance, seen, mood, code, legal)
  SELECT 'c' || n || '@example.com', n, now(), 'glad', n, 'x' FROM generate_series(1, 500) n;
CREATE UNIQUE INDEX customers_email_key ON customers (email);
CREATE TABLE orders (id bigserial PRIMARY KEY, customer_id bigint, amount int, note text);
INSERT INTO orders (customer_id, amount) SELECT n, n FROM generate_series(1, 500) n;
CREATE INDEX orders_note_idx ON orders (note);
CREATE TABLE events (id bigint NOT NULL, what text) PARTITION BY RANGE (id);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (100);
CREATE TABLE events_2 (id bigint NOT NULL, what text);
INSERT INTO events_2 VALUES (150, 'x');
CREATE UNLOGGED TABLE cache (id int);
INSERT INTO cache VALUES (1);
CREATE VIEW names AS SELECT name FROM customers;
CREATE MATERIALIZED VIEW totals AS SELECT customer_id, sum(amount) AS total FROM orders GROUP BY 1;
CREATE UNIQUE INDEX totals_key ON totals (customer_id);
CREATE SCHEMA old;
CREATE TABLE old.things (id int, at timestamp);
INSERT INTO old.things VALUES (1);
CREATE TABLE tree (id int PRIMARY KEY, parent int REFERENCES tree);
CREATE TABLE sums (n int, twice int GENERATED ALWAYS AS (n * 2) STORED);
INSERT INTO sums VALUES (1);
GRANT SELECT ON customers TO PUBLIC;
ANALYZE;
`

export interface HazardCase {
  readonly rule: string
  readonly sql: string
  readonly kind: FindingKind
  readonly severity: Severity
  readonly object: string
  /** The strongest lock that the server takes on `on`, for a claim about locks. */
  readonly lock?: string
  /** The table that is locked, read or rewritten, where it is not the object. */
  readonly on?: string
  /** What running code does, and what it meets after the migration and not before: an error, or none (`00000`). */
  readonly breaks?: readonly [sql: string, sqlstate: string]
  /** The migration itself fails so. */
  readonly fails?: string
  /** It cannot run in a transaction. */
  readonly outside?: true
  readonly inTransaction?: true
  /** Older versions lack the statement. */
  readonly from?: 18
}

const ACCESS_EXCLUSIVE = 'AccessExclusiveLock'
const SHARE_ROW_EXCLUSIVE = 'ShareRowExclusiveLock'

/** One small migration each, and the one finding it gives. */
export const hazards: readonly HazardCase[] = [
  {
    rule: 'add-column-not-null',
    sql: 'ALTER TABLE customers ADD COLUMN age int NOT NULL',
    kind: 'break',
    severity: 'high',
    object: 'customers',
    fails: '23502',
  },
  {
    rule: 'add-column-volatile-default',
    sql: 'ALTER TABLE customers ADD COLUMN key uuid DEFAULT gen_random_uuid()',
    kind: 'rewrite',
    severity: 'high',
    object: 'customers',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'add-column-serial',
    sql: 'ALTER TABLE customers ADD COLUMN number bigserial',
    kind: 'rewrite',
    severity: 'high',
    object: 'customers',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'add-column-serial',
    sql: 'ALTER TABLE old.things ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY',
    kind: 'rewrite',
    severity: 'high',
    object: 'old.things',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'add-column-generated',
    sql: 'ALTER TABLE customers ADD COLUMN lower_name text GENERATED ALWAYS AS (lower(name)) STORED',
    kind: 'rewrite',
    severity: 'high',
    object: 'customers',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'add-column-check',
    sql: 'ALTER TABLE customers ADD COLUMN age int CHECK (age > 0)',
    kind: 'scan',
    severity: 'high',
    object: 'customers',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'add-column-references',
    sql: 'ALTER TABLE orders ADD COLUMN buyer bigint REFERENCES customers',
    kind: 'lock',
    severity: 'low',
    object: 'orders',
    on: 'customers',
    lock: SHARE_ROW_EXCLUSIVE,
  },
  {
    rule: 'add-column-json',
    sql: 'ALTER TABLE customers ADD COLUMN extra json',
    kind: 'break',
    severity: 'low',
    object: 'customers',
    breaks: ['SELECT DISTINCT * FROM customers', '42883'],
  },
  {
    rule: 'change-type',
    sql: 'ALTER TABLE customers ALTER COLUMN email TYPE varchar(40)',
    kind: 'rewrite',
    severity: 'high',
    object: 'customers',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'change-type',
    sql: 'ALTER TABLE customers ALTER COLUMN code TYPE bigint',
    kind: 'rewrite',
    severity: 'high',
    object: 'customers',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'change-type',
    sql: 'ALTER TABLE customers ALTER COLUMN email TYPE text USING lower(email)',
    kind: 'rewrite',
    severity: 'high',
    object: 'customers',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'set-not-null',
    sql: 'ALTER TABLE customers ALTER COLUMN email SET NOT NULL',
    kind: 'scan',
    severity: 'high',
    object: 'customers',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'set-not-null',
    sql: 'ALTER TABLE customers ADD CONSTRAINT present NOT NULL email',
    kind: 'scan',
    severity: 'high',
    object: 'customers',
    lock: ACCESS_EXCLUSIVE,
    from: 18,
  },
  {
    rule: 'drop-not-null',
    sql: 'ALTER TABLE customers ALTER COLUMN name DROP NOT NULL',
    kind: 'break',
    severity: 'low',
    object: 'customers',
    breaks: ["INSERT INTO customers (name, legal) VALUES (NULL, 'x')", '00000'],
  },
  {
    rule: 'drop-default',
    sql: 'ALTER TABLE customers ALTER COLUMN name DROP DEFAULT',
    kind: 'break',
    severity: 'low',
    object: 'customers',
    breaks: ["INSERT INTO customers (legal) VALUES ('x')", '23502'],
  },
  {
    rule: 'add-check',
    sql: 'ALTER TABLE customers ADD CONSTRAINT positive CHECK (code > 0)',
    kind: 'scan',
    severity: 'high',
    object: 'customers',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'add-foreign-key',
    sql: 'ALTER TABLE orders ADD CONSTRAINT buyer FOREIGN KEY (customer_id) REFERENCES customers',
    kind: 'scan',
    severity: 'medium',
    object: 'orders',
    lock: SHARE_ROW_EXCLUSIVE,
  },
  {
    rule: 'add-unique',
    sql: 'ALTER TABLE customers ADD UNIQUE (code)',
    kind: 'lock',
    severity: 'high',
    object: 'customers',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'add-primary-key',
    sql: 'ALTER TABLE old.things ADD PRIMARY KEY (id)',
    kind: 'lock',
    severity: 'high',
    object: 'old.things',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'add-exclusion',
    sql: 'ALTER TABLE orders ADD EXCLUDE USING btree (amount WITH =)',
    kind: 'lock',
    severity: 'high',
    object: 'orders',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'validate-in-same-transaction',
    sql: 'BEGIN; ALTER TABLE customers ADD CONSTRAINT c CHECK (code > 0) NOT VALID; ALTER TABLE customers VALIDATE CONSTRAINT c; COMMIT',
    kind: 'scan',
    severity: 'high',
    object: 'customers',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'create-index',
    sql: 'CREATE INDEX ON customers (code)',
    kind: 'lock',
    severity: 'medium',
    object: 'customers',
    lock: 'ShareLock',
  },
  {
    rule: 'drop-index',
    sql: 'DROP INDEX orders_note_idx',
    kind: 'lock',
    severity: 'medium',
    object: 'orders_note_idx',
    on: 'orders',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'reindex',
    sql: 'REINDEX TABLE customers',
    kind: 'lock',
    severity: 'medium',
    object: 'customers',
    lock: 'ShareLock',
  },
  {
    rule: 'refused-in-transaction',
    sql: 'CREATE INDEX CONCURRENTLY ON customers (code)',
    kind: 'break',
    severity: 'high',
    object: 'customers',
    inTransaction: true,
    fails: '25001',
  },
  {
    rule: 'refused-in-transaction',
    sql: 'VACUUM customers',
    kind: 'break',
    severity: 'high',
    object: 'database',
    inTransaction: true,
    fails: '25001',
  },
  {
    rule: 'drop-column',
    sql: 'ALTER TABLE customers DROP COLUMN email',
    kind: 'data_loss',
    severity: 'high',
    object: 'customers',
    breaks: ['SELECT email FROM customers', '42703'],
  },
  {
    rule: 'drop-table',
    sql: 'DROP TABLE IF EXISTS old.things',
    kind: 'data_loss',
    severity: 'high',
    object: 'old.things',
    breaks: ['SELECT FROM old.things', '42P01'],
  },
  {
    rule: 'drop-schema',
    sql: 'DROP SCHEMA old CASCADE',
    kind: 'data_loss',
    severity: 'high',
    object: 'old',
    breaks: ['SELECT FROM old.things', '42P01'],
  },
  {
    rule: 'drop-type',
    sql: 'DROP TYPE mood CASCADE',
    kind: 'data_loss',
    severity: 'high',
    object: 'mood',
    breaks: ['SELECT mood FROM customers', '42703'],
  },
  {
    rule: 'drop-view',
    sql: 'DROP VIEW names',
    kind: 'break',
    severity: 'high',
    object: 'names',
    breaks: ['SELECT FROM names', '42P01'],
  },
  {
    rule: 'drop-materialized-view',
    sql: 'DROP MATERIALIZED VIEW totals',
    kind: 'break',
    severity: 'high',
    object: 'totals',
    breaks: ['SELECT FROM totals', '42P01'],
  },
  {
    rule: 'drop-function',
    sql: 'DROP FUNCTION touch()',
    kind: 'break',
    severity: 'medium',
    object: 'touch',
    breaks: ["SELECT 'touch()'::regprocedure", '42883'],
  },
  {
    rule: 'truncate',
    sql: 'TRUNCATE customers',
    kind: 'data_loss',
    severity: 'high',
    object: 'customers',
    lock: ACCESS_EXCLUSIVE,
    breaks: ['SELECT 1 / count(*) FROM customers', '22012'],
  },
  {
    rule: 'delete-all-rows',
    sql: 'WITH gone AS (DELETE FROM orders RETURNING *) SELECT count(*) FROM gone',
    kind: 'data_loss',
    severity: 'high',
    object: 'orders',
    breaks: ['SELECT 1 / count(*) FROM orders', '22012'],
  },
  {
    rule: 'update-all-rows',
    sql: "UPDATE customers SET name = 'x'",
    kind: 'lock',
    severity: 'medium',
    object: 'customers',
    lock: 'RowExclusiveLock',
  },
  {
    rule: 'rename-column',
    sql: 'ALTER TABLE customers RENAME COLUMN email TO mail',
    kind: 'break',
    severity: 'high',
    object: 'customers',
    breaks: ['SELECT email FROM customers', '42703'],
  },
  {
    rule: 'rename-table',
    sql: 'ALTER TABLE customers RENAME TO clients',
    kind: 'break',
    severity: 'high',
    object: 'customers',
    breaks: ['SELECT FROM customers', '42P01'],
  },
  {
    rule: 'rename-view',
    sql: 'ALTER VIEW names RENAME TO people',
    kind: 'break',
    severity: 'high',
    object: 'names',
    breaks: ['SELECT FROM names', '42P01'],
  },
  {
    rule: 'rename-schema',
    sql: 'ALTER SCHEMA old RENAME TO older',
    kind: 'break',
    severity: 'high',
    object: 'old',
    breaks: ['SELECT FROM old.things', '42P01'],
  },
  {
    rule: 'set-schema',
    sql: 'ALTER TABLE customers SET SCHEMA old',
    kind: 'break',
    severity: 'high',
    object: 'customers',
    breaks: ['SELECT FROM customers', '42P01'],
  },
  {
    rule: 'rename-enum-value',
    sql: "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'",
    kind: 'break',
    severity: 'high',
    object: 'mood',
    breaks: ["SELECT FROM customers WHERE mood = 'sad'", '22P02'],
  },
  {
    rule: 'enum-value-in-transaction',
    sql: "ALTER TYPE mood ADD VALUE 'odd'",
    kind: 'break',
    severity: 'low',
    object: 'mood',
    inTransaction: true,
    breaks: ["INSERT INTO customers (legal, mood) VALUES ('x', 'odd')", '55P04'],
  },
  {
    rule: 'alter-domain-add-constraint',
    sql: 'ALTER DOMAIN short ADD CHECK (length(value) < 9)',
    kind: 'scan',
    severity: 'medium',
    object: 'short',
    on: 'customers',
    lock: 'ShareLock',
  },
  {
    rule: 'vacuum-full',
    sql: 'VACUUM (FULL, ANALYZE) customers',
    kind: 'rewrite',
    severity: 'high',
    object: 'customers',
    outside: true,
  },
  {
    rule: 'cluster',
    sql: 'CLUSTER customers USING customers_email_key',
    kind: 'rewrite',
    severity: 'high',
    object: 'customers',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'lock-table',
    sql: 'BEGIN; LOCK TABLE customers; COMMIT',
    kind: 'lock',
    severity: 'high',
    object: 'customers',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'set-tablespace',
    sql: 'ALTER TABLE customers SET TABLESPACE elsewhere',
    kind: 'rewrite',
    severity: 'high',
    object: 'customers',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'set-logged',
    sql: 'ALTER TABLE cache SET LOGGED',
    kind: 'rewrite',
    severity: 'high',
    object: 'cache',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'set-unlogged',
    sql: 'ALTER TABLE customers SET UNLOGGED',
    kind: 'rewrite',
    severity: 'high',
    object: 'customers',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'refresh-materialized-view',
    sql: 'REFRESH MATERIALIZED VIEW totals',
    kind: 'lock',
    severity: 'medium',
    object: 'totals',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'create-trigger',
    sql: 'CREATE TRIGGER t BEFORE INSERT ON customers FOR EACH ROW EXECUTE FUNCTION touch()',
    kind: 'lock',
    severity: 'low',
    object: 'customers',
    lock: SHARE_ROW_EXCLUSIVE,
  },
  {
    rule: 'disable-trigger',
    sql: 'ALTER TABLE tree DISABLE TRIGGER ALL',
    kind: 'break',
    severity: 'medium',
    object: 'tree',
    breaks: ['INSERT INTO tree VALUES (9, 99)', '00000'],
  },
  {
    rule: 'detach-partition',
    sql: 'ALTER TABLE events DETACH PARTITION events_1',
    kind: 'lock',
    severity: 'medium',
    object: 'events',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'attach-partition',
    sql: 'ALTER TABLE events ATTACH PARTITION events_2 FOR VALUES FROM (100) TO (200)',
    kind: 'scan',
    severity: 'medium',
    object: 'events_2',
    lock: ACCESS_EXCLUSIVE,
  },
  {
    rule: 'row-security-without-policy',
    sql: 'ALTER TABLE customers ENABLE ROW LEVEL SECURITY',
    kind: 'break',
    severity: 'high',
    object: 'customers',
    breaks: ['SET LOCAL ROLE reader; SELECT 1 / count(*) FROM customers', '22012'],
  },
  {
    rule: 'int-primary-key',
    sql: 'CREATE TABLE small (id serial PRIMARY KEY)',
    kind: 'break',
    severity: 'low',
    object: 'small',
    breaks: ['INSERT INTO small VALUES (2147483648)', '22003'],
  },
  {
    rule: 'int-primary-key',
    sql: 'CREATE TABLE small (id int NOT NULL, CONSTRAINT small_pkey PRIMARY KEY (id))',
    kind: 'break',
    severity: 'low',
    object: 'small',
    breaks: ['INSERT INTO small VALUES (2147483648)', '22003'],
  },
  {
    rule: 'create-table-as',
    sql: 'CREATE TABLE copied AS SELECT * FROM customers',
    kind: 'cost',
    severity: 'low',
    object: 'copied',
    on: 'customers',
    lock: 'AccessShareLock',
  },
  {
    rule: 'set-expression',
    sql: 'ALTER TABLE sums ALTER COLUMN twice SET EXPRESSION AS (n * 3)',
    kind: 'rewrite',
    severity: 'high',
    object: 'sums',
    lock: ACCESS_EXCLUSIVE,
    from: 18,
  },
]

/** What a reviewer need not see: quick, or harmless, or done the careful way. */
export const harmless: readonly (readonly [what: string, sql: string])[] = [
  ['a nullable column', 'ALTER TABLE customers ADD COLUMN age int'],
  [
    'a column with a constant default',
    'ALTER TABLE customers ADD COLUMN age int NOT NULL DEFAULT 0, ADD COLUMN at timestamptz NOT NULL DEFAULT now()',
  ],
  [
    'a new table with keys and indexes',
    'CREATE TABLE notes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text); CREATE INDEX ON notes (body); ALTER TABLE notes ALTER body SET NOT NULL, ADD UNIQUE (body); ALTER TABLE notes DROP COLUMN body',
  ],
  [
    'a table that comes and goes',
    'CREATE TEMP TABLE work AS SELECT 1 AS n; UPDATE work SET n = 2; TRUNCATE work; DROP TABLE work',
  ],
  [
    'an index built online',
    'CREATE INDEX CONCURRENTLY orders_amount ON orders (amount); REINDEX INDEX CONCURRENTLY orders_amount; DROP INDEX CONCURRENTLY orders_amount',
  ],
  [
    'constraints in two steps',
    'ALTER TABLE customers ADD CONSTRAINT c CHECK (code > 0) NOT VALID; ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (customer_id) REFERENCES customers NOT VALID; ALTER TABLE customers VALIDATE CONSTRAINT c; ALTER TABLE orders VALIDATE CONSTRAINT f',
  ],
  [
    'NOT NULL after a CHECK that is proven',
    'ALTER TABLE customers ADD CONSTRAINT c CHECK (email IS NOT NULL) NOT VALID; ALTER TABLE customers VALIDATE CONSTRAINT c; ALTER TABLE customers ALTER COLUMN email SET NOT NULL; ALTER TABLE customers DROP CONSTRAINT c',
  ],
  [
    'a key from an index',
    'CREATE UNIQUE INDEX CONCURRENTLY u ON orders (amount); ALTER TABLE orders ADD CONSTRAINT u UNIQUE USING INDEX u',
  ],
  [
    'storage and statistics',
    'ALTER TABLE customers ALTER COLUMN email SET STORAGE EXTERNAL, ALTER COLUMN email SET STATISTICS 500, SET (fillfactor = 70)',
  ],
  [
    'some rows',
    "UPDATE customers SET name = 'x' WHERE id = 1; DELETE FROM orders WHERE id = 1; INSERT INTO orders (amount) SELECT 1",
  ],
  ['a view replaced', 'DROP VIEW names; CREATE VIEW names AS SELECT name, id FROM customers'],
  [
    'a table renamed behind a view',
    'ALTER TABLE old.things RENAME TO stuff; CREATE VIEW old.things AS SELECT * FROM old.stuff',
  ],
  [
    'row security with its policy',
    'ALTER TABLE customers ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON customers USING (true)',
  ],
  ['an enum value by itself', "ALTER TYPE mood ADD VALUE 'odd'"],
  ['a view filled online', 'REFRESH MATERIALIZED VIEW CONCURRENTLY totals'],
  [
    'comments, rights and defaults',
    "COMMENT ON TABLE customers IS 'x'; GRANT SELECT ON customers TO PUBLIC; ALTER TABLE customers ALTER COLUMN code SET DEFAULT 1",
  ],
]
