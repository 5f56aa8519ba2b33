import { describe, expect, it } from '@jest/globals'
import { wordsOf } from '../../../src/data/commands/words.js'

const nodePgMigrate = `> Migrating files:
> - 20260101000003_bad
### MIGRATION 20260101000003_bad (UP) ###
-- Up Migration
ALTER TABLE widget ADD COLUMN colour text;
INSERT INTO "public"."pgmigrations" (name, run_on) VALUES ('20260101000003_bad', NOW());
Error executing:
ALTER TABLE widget ADD COLUMN colour text;
ALTER TABLE widget ADD COLUMN weight nonsense;
                                     ^^^^
type "nonsense" does not exist
> Rolling back attempted migration ...
error: type "nonsense" does not exist
  length: 95,
  severity: 'ERROR',
  code: '42704',
  position: '97',
  routine: 'typenameType'
}`
const prisma = `3 migrations found in prisma/migrations
Error: external connector error
Error querying the database: ERROR: type "nonsense" does not exist
   0: sql_schema_connector::apply_migration::apply_script
           with migration_name="20260101000003_bad"
             at schema-engine/connectors/sql-schema-connector/src/apply_migration.rs:113`
const dbmate = `Applying: 20260101000003_bad.sql
Error: line: 3, column: 38, position: 95: pq: type "nonsense" does not exist at position 3:38 (42704)`
const psql = `psql:V3__bad.sql:2: ERROR:  syntax error at or near "ada"
LINE 1: INSERT INTO people VALUES ('ada@example.com' 'Ada''s');
                                                     ^`
const flyway = `ERROR: Migration V3__bad.sql failed
SQL State  : 42704
Error Code : 0
Message    : ERROR: type "nonsense" does not exist
Location   : db/migration/V3__bad.sql (/home/runner/db/migration/V3__bad.sql)
Line       : 2
Statement  : ALTER TABLE widget ADD COLUMN weight nonsense`
const rails = `== 20260101000003 AddWeight: migrating ==
-- add_column(:widgets, :weight, :nonsense)
bin/rails aborted!
StandardError: An error has occurred, this and all later migrations canceled:
PG::UndefinedObject: ERROR:  type "nonsense" does not exist
LINE 1: ALTER TABLE "widgets" ADD "weight" nonsense
                                           ^`
const django = `  Applying shop.0003_weight...Traceback (most recent call last):
  File "/usr/lib/python3/dist-packages/django/db/backends/utils.py", line 84, in _execute
django.db.utils.ProgrammingError: type "nonsense" does not exist
LINE 1: ALTER TABLE "shop_widget" ADD COLUMN "weight" nonsense
                                                      ^`
const knex = `migration file "20260101000003_bad.js" failed
migration failed with error: alter table "widget" add column "weight" nonsense - type "nonsense" does not exist
error: type "nonsense" does not exist
    at Parser.parseErrorMessage (/app/node_modules/pg-protocol/dist/parser.js:285:98)`

describe('the words of a failure', () => {
  it.each([
    ['node-pg-migrate', nodePgMigrate, '20260101000003_bad', 'ALTER TABLE widget ADD COLUMN weight nonsense;'],
    ['Prisma', prisma, '20260101000003_bad', undefined],
    ['dbmate', dbmate, '20260101000003_bad.sql', undefined],
    ['Flyway', flyway, 'db/migration/V3__bad.sql', 'ALTER TABLE widget ADD COLUMN weight nonsense'],
    ['Rails', rails, undefined, 'ALTER TABLE "widgets" ADD "weight" nonsense'],
    ['Django', django, 'shop.0003_weight', 'ALTER TABLE "shop_widget" ADD COLUMN "weight" nonsense'],
    ['Knex', knex, '20260101000003_bad.js', undefined],
  ])('of %s are found in what it prints', (_tool, output, place, statement) => {
    const words = wordsOf(output.split('\n'))
    expect(words.lines.join('\n')).toContain('type "nonsense" does not exist')
    expect(words.lines.length).toBeLessThanOrEqual(3)
    expect(words.place).toBe(place)
    expect(words.statement).toBe(statement)
  })

  it('hold no literal of a statement', () => {
    expect(wordsOf(psql.split('\n')).statement).toBe("INSERT INTO people VALUES ('…' '…');")
    expect(wordsOf(["LINE 1: SELECT $a$ada$a$, E'x", '   ^']).statement).toBe("SELECT '…', E'…'")
  })

  it('are the last lines where nothing looks like a reason, without colours', () => {
    expect(wordsOf(['one', 'two', 'three', '\u001B[31mfour\u001B[0m']).lines).toEqual(['two', 'three', 'four'])
    expect(wordsOf([])).toEqual({ lines: [] })
  })

  it('name no place for a number inside a value', () => {
    expect(wordsOf(["migration failed: Key (code)=(123_abc) already exists, name '456_def'"]).place).toBeUndefined()
  })
})
