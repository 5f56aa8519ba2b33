/** One change of the schema in schema-diff.sql, and what the diff says of it: sign, kind, name, and each property. */
export interface Case {
  readonly ddl: string
  readonly told: readonly string[]
}

export const cases: readonly Case[] = [
  { ddl: 'CREATE SCHEMA extra', told: ['+ schema extra'] },
  { ddl: 'DROP SCHEMA old', told: ['- schema old'] },
  {
    ddl: 'CREATE EXTENSION hstore SCHEMA public',
    told: [
      '+ extension hstore | comment: data type for storing sets of (key, value) pairs | schema: public | relocatable: yes',
    ],
  },
  { ddl: 'DROP EXTENSION pgcrypto', told: ['- extension pgcrypto'] },
  {
    ddl: `ALTER TYPE app.state ADD VALUE 'paid' BEFORE 'done'`,
    told: ['~ enum app.state | values: new, done > new, paid, done'],
  },
  { ddl: `CREATE TYPE app.color AS ENUM ('red')`, told: ['+ enum app.color | values: red'] },
  {
    ddl: 'CREATE TYPE app.pair AS (a int, b text)',
    told: ['+ composite type app.pair | attribute a: integer | attribute b: text'],
  },
  {
    ddl: 'ALTER DOMAIN app.positive ADD CONSTRAINT small CHECK (VALUE < 100)',
    told: ['~ domain app.positive | constraint small: > CHECK ((VALUE < 100))'],
  },
  { ddl: `CREATE DOMAIN app.name AS text DEFAULT 'x'`, told: [`+ domain app.name | type: text | default: 'x'::text`] },
  { ddl: 'ALTER SEQUENCE app.codes INCREMENT 10', told: ['~ sequence app.codes | increment: 1 > 10'] },
  {
    ddl: 'CREATE SEQUENCE app.more',
    told: [
      '+ sequence app.more | type: bigint | start: 1 | increment: 1 | minimum: 1 | maximum: 9223372036854775807 | cache: 1',
    ],
  },
  {
    ddl: 'CREATE TABLE app.fresh (id bigint PRIMARY KEY)',
    told: [
      '+ table app.fresh',
      '+ column app.fresh.id | type: bigint | not null: yes',
      '+ constraint app.fresh.fresh_pkey | definition: PRIMARY KEY (id)',
    ],
  },
  { ddl: 'DROP TABLE app.gone', told: ['- table app.gone !'] },
  { ddl: 'ALTER TABLE app.gone2 RENAME TO kept', told: ['~ table app.kept | name: app.gone2 > app.kept'] },
  { ddl: 'ALTER TABLE app.orders ADD COLUMN memo text', told: ['+ column app.orders.memo | type: text'] },
  {
    ddl: 'ALTER TABLE app.orders ADD COLUMN token uuid DEFAULT gen_random_uuid()',
    told: ['+ column app.orders.token | type: uuid | default: gen_random_uuid() *'],
  },
  {
    ddl: 'ALTER TABLE app.orders ADD COLUMN level int NOT NULL DEFAULT 7',
    told: ['+ column app.orders.level | type: integer | not null: yes | default: 7'],
  },
  {
    ddl: 'ALTER TABLE app.orders ADD COLUMN double numeric GENERATED ALWAYS AS (total * 2) STORED',
    told: ['+ column app.orders.double | type: numeric | generated as: (total * (2)::numeric) *'],
  },
  { ddl: 'ALTER TABLE app.people DROP COLUMN legacy', told: ['- column app.people.legacy !'] },
  {
    ddl: 'ALTER TABLE app.people RENAME COLUMN email TO mail',
    told: ['~ column app.people.mail | name: app.people.email > app.people.mail | grant to reader: SELECT >'],
  },
  {
    ddl: 'ALTER TABLE app.people ALTER COLUMN age TYPE bigint',
    told: ['~ column app.people.age | type: integer > bigint *'],
  },
  {
    ddl: 'ALTER TABLE app.people ALTER COLUMN name TYPE varchar(20)',
    told: ['~ column app.people.name | type: character varying(50) > character varying(20) * !'],
  },
  {
    ddl: 'ALTER TABLE app.people ALTER COLUMN zip TYPE text',
    told: ['~ column app.people.zip | type: character(5) > text *'],
  },
  {
    ddl: 'ALTER TABLE app.people ALTER COLUMN score SET NOT NULL',
    told: ['~ column app.people.score | not null: no > yes'],
  },
  {
    ddl: `ALTER TABLE app.people ALTER COLUMN born SET DEFAULT '1999-01-01'`,
    told: [`~ column app.people.born | default: '2000-01-01'::date > '1999-01-01'::date`],
  },
  {
    ddl: 'ALTER TABLE app.people ALTER COLUMN state DROP DEFAULT',
    told: [`~ column app.people.state | default: 'new'::app.state >`],
  },
  {
    ddl: 'ALTER TABLE app.people ALTER COLUMN note SET STORAGE EXTERNAL',
    told: ['~ column app.people.note | comment: notes > remarks | storage: > EXTERNAL'],
  },
  { ddl: `COMMENT ON COLUMN app.people.note IS 'remarks'`, told: [] },
  {
    ddl: 'ALTER TABLE app.orders ALTER COLUMN paid SET STATISTICS 500',
    told: ['~ column app.orders.paid | statistics target: > 500'],
  },
  { ddl: 'ALTER TABLE app.orders DROP CONSTRAINT positive', told: ['- constraint app.orders.positive'] },
  {
    ddl: 'ALTER TABLE app.orders VALIDATE CONSTRAINT late',
    told: ['~ constraint app.orders.late | validated: no > yes'],
  },
  {
    ddl: 'ALTER TABLE app.orders ADD CONSTRAINT once UNIQUE (person, placed)',
    told: ['+ constraint app.orders.once | definition: UNIQUE (person, placed)'],
  },
  {
    ddl: 'ALTER TABLE app.orders RENAME CONSTRAINT orders_person TO orders_of_person',
    told: ['~ constraint app.orders.orders_of_person | name: app.orders.orders_person > app.orders.orders_of_person'],
  },
  {
    ddl: 'CREATE INDEX orders_person_at ON app.orders (person, placed DESC)',
    told: [
      '+ index app.orders_person_at | definition: CREATE INDEX orders_person_at ON app.orders USING btree (person, placed DESC)',
    ],
  },
  { ddl: 'DROP INDEX app.orders_placed', told: ['- index app.orders_placed'] },
  {
    ddl: 'ALTER INDEX app.orders_total RENAME TO orders_by_total',
    told: ['~ index app.orders_by_total | name: app.orders_total > app.orders_by_total'],
  },
  {
    ddl: 'CREATE OR REPLACE VIEW app.paid AS SELECT id, total, placed FROM app.orders WHERE paid',
    told: [
      '~ view app.paid | definition: SELECT id, total FROM app.orders WHERE paid; > SELECT id, total, placed FROM app.orders WHERE paid;',
    ],
  },
  {
    ddl: 'ALTER VIEW app.secret SET (security_barrier = true)',
    told: ['~ view app.secret | options: > security_barrier=true'],
  },
  { ddl: 'DROP VIEW app.unused', told: ['- view app.unused'] },
  { ddl: 'DROP MATERIALIZED VIEW app.stale', told: ['- materialized view app.stale'] },
  {
    ddl: 'CREATE UNIQUE INDEX totals_person ON app.totals (person)',
    told: [
      '+ index app.totals_person | definition: CREATE UNIQUE INDEX totals_person ON app.totals USING btree (person)',
    ],
  },
  {
    ddl: 'CREATE OR REPLACE FUNCTION app.twice(n int) RETURNS int LANGUAGE sql AS $$ SELECT n + n $$',
    told: [
      '~ function app.twice(integer) | definition: CREATE OR REPLACE FUNCTION app.twice(n integer) RETURNS integer LANGUAGE sql AS $function$ SELECT n * 2 $function$ > CREATE OR REPLACE FUNCTION app.twice(n integer) RETURNS integer LANGUAGE sql AS $function$ SELECT n + n $function$',
    ],
  },
  { ddl: 'DROP FUNCTION app.dead', told: ['- function app.dead()'] },
  { ddl: 'DROP PROCEDURE app.clean', told: ['- procedure app.clean()'] },
  { ddl: 'DROP TRIGGER dead ON app.orders', told: ['- trigger app.orders.dead'] },
  { ddl: 'ALTER TABLE app.orders DISABLE TRIGGER touched', told: ['~ trigger app.orders.touched | enabled: O > D'] },
  {
    ddl: 'CREATE TRIGGER added AFTER INSERT ON app.orders FOR EACH ROW EXECUTE FUNCTION app.touch()',
    told: [
      '+ trigger app.orders.added | definition: CREATE TRIGGER added AFTER INSERT ON app.orders FOR EACH ROW EXECUTE FUNCTION app.touch()',
    ],
  },
  {
    ddl: 'ALTER POLICY mine ON app.people USING (score > 18)',
    told: ['~ policy app.people.mine | using: (score > (1)::numeric) > (score > (18)::numeric)'],
  },
  { ddl: 'DROP POLICY dead ON app.people', told: ['- policy app.people.dead'] },
  {
    ddl: 'ALTER TABLE app.orders ENABLE ROW LEVEL SECURITY',
    told: [
      '~ table app.orders | grant to reader: SELECT > INSERT, SELECT | comment: orders > all orders | options: fillfactor=80 > fillfactor=90 | row level security: no > yes',
    ],
  },
  { ddl: 'ALTER TABLE app.orders SET (fillfactor = 90)', told: [] },
  { ddl: 'GRANT INSERT ON app.orders TO reader', told: [] },
  { ddl: `COMMENT ON TABLE app.orders IS 'all orders'`, told: [] },
  { ddl: 'REVOKE SELECT (mail) ON app.people FROM reader', told: [] },
  { ddl: 'DROP STATISTICS app.dead_stats', told: ['- statistics app.dead_stats'] },
  {
    ddl: 'CREATE STATISTICS app.more_stats ON person, paid FROM app.orders',
    told: [
      '+ statistics app.more_stats | definition: CREATE STATISTICS app.more_stats ON person, paid FROM app.orders',
    ],
  },
  {
    ddl: `COMMENT ON INDEX app.orders_pkey IS 'the key'`,
    told: [`~ constraint app.orders.orders_pkey | comment of orders_pkey: 'key' > 'the key'`],
  },
  { ddl: 'ALTER PUBLICATION feed ADD TABLE app.fresh', told: ['~ publication feed | table app.fresh: > yes'] },
  {
    ddl: `CREATE TABLE app.events_2026 PARTITION OF app.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`,
    told: [
      `+ table app.events_2026 | partition bound: FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') | inherits: app.events`,
    ],
  },
  {
    ddl: 'CREATE INDEX events_kind ON app.events (kind)',
    told: ['+ index app.events_kind | definition: CREATE INDEX events_kind ON ONLY app.events USING btree (kind)'],
  },
  {
    ddl: 'ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO reader',
    told: ['+ default privileges postgres in app on tables for reader | privileges: SELECT'],
  },
  {
    ddl: 'CREATE FUNCTION app.et() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$',
    told: [
      '+ function app.et() | definition: CREATE OR REPLACE FUNCTION app.et() RETURNS event_trigger LANGUAGE plpgsql AS $function$ BEGIN END $function$',
    ],
  },
]
