import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Major, type PostgresServer, startPostgres } from '../../sim/postgres/server.js'
import { type Type, judgeTypeChange, typeOf } from '../../src/insight/lint/type-change.js'
import { type Parser, loadParser } from '../../src/sql/parser.js'

/** Every pair within a family is tried; a rewrite between families is what nobody doubts. */
const families = [
  ['smallint', 'integer', 'bigint', 'oid', 'real', 'numeric', 'numeric(8,2)', 'numeric(10,2)', 'numeric(10,3)', 'text'],
  [
    'text',
    'character varying',
    'character varying(10)',
    'character varying(20)',
    'character(5)',
    'character(10)',
    'bpchar',
  ],
  [
    'text',
    'character varying',
    'character varying(10)',
    'bpchar',
    'character(5)',
    'xml',
    'name',
    'mood',
    'json',
    'jsonb',
  ],
  ['timestamp', 'timestamp(3)', 'timestamp(6)', 'timestamp with time zone', 'timestamp(3) with time zone', 'date'],
  ['time', 'time(3)', 'time with time zone', 'time(3) with time zone', 'interval'],
  ['interval', 'interval(3)', 'interval(6)', 'interval day to second(3)', 'interval year', 'interval day to hour'],
  ['bit(4)', 'bit(8)', 'bit varying', 'bit varying(4)', 'bit varying(8)'],
  ['inet', 'cidr', 'text'],
  ['text[]', 'character varying[]', 'character varying(10)[]', 'character varying(20)[]', 'text'],
]

/** Tries every pair on an empty table, which the server rewrites as it would a full one. */
const tryAll = `
CREATE TYPE mood AS ENUM ('glad');
CREATE FUNCTION try_all(types text[]) RETURNS TABLE (source text, target text, rewritten boolean) LANGUAGE plpgsql AS $$
BEGIN
  FOREACH source IN ARRAY types LOOP
    EXECUTE format('CREATE TEMP TABLE tried (c %s)', source);
    FOREACH target IN ARRAY types LOOP
      DECLARE
        file oid := pg_relation_filenode('tried');
      BEGIN
        EXECUTE format('ALTER TABLE tried ALTER c TYPE %s USING c::%1$s', target);
        rewritten := pg_relation_filenode('tried') <> file;
        RAISE SQLSTATE 'UNDOX';
      EXCEPTION
        WHEN SQLSTATE 'UNDOX' THEN RETURN NEXT;
        WHEN cannot_coerce THEN NULL;
      END;
    END LOOP;
    DROP TABLE tried;
  END LOOP;
END $$`

describe.each<[Major]>([[15], [18]])('on PostgreSQL %d', (major) => {
  let server: PostgresServer
  let parser: Parser

  beforeAll(async () => {
    server = await startPostgres({ major })
    parser = await loadParser()
    await server.sql('postgres', tryAll)
  })
  afterAll(async () => server?.stop())

  const typeFrom = (text: string): Type => {
    const statement = parser.parseSync(`SELECT NULL::${text}`).stmts?.[0]?.stmt
    const target = statement && 'SelectStmt' in statement ? statement.SelectStmt.targetList?.[0] : undefined
    const value = target && 'ResTarget' in target ? target.ResTarget.val : undefined
    return typeOf(value && 'TypeCast' in value ? value.TypeCast.typeName : undefined)
  }
  const disagreements = async (zone: 'UTC' | 'Europe/Paris') => {
    const rows = []
    for (const types of zone === 'UTC' ? families : families.filter(([first]) => first === 'timestamp')) {
      const tried = await server.sql<{ source: string; target: string; rewritten: boolean }>(
        'postgres',
        "SELECT t.* FROM set_config('timezone', $2, false), try_all($1) t",
        [types, zone],
      )
      expect(tried.length).toBeGreaterThan(types.length)
      rows.push(...tried)
    }
    return rows.flatMap(({ source, target, rewritten }) => {
      const verdict = judgeTypeChange(typeFrom(source), typeFrom(target))
      const expected = verdict === 'rewrite' || (verdict === 'time_zone' && zone !== 'UTC')
      return expected === rewritten ? [] : [`${source} > ${target}: the server ${rewritten ? 'rewrites' : 'does not'}`]
    })
  }

  it.each(['UTC', 'Europe/Paris'] as const)('judges every pair of types as the server does (%s)', async (zone) => {
    expect(await disagreements(zone)).toStrictEqual([])
  })
})
