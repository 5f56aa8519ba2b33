import pg from 'pg'
import type { Sql } from '../../ports.js'

const { escapeIdentifier: name, escapeLiteral: literal } = pg

interface Locale {
  readonly encoding: string
  readonly collate: string
  readonly ctype: string
  readonly provider: string | null
  readonly locale: string | null
  readonly rules: string | null
  readonly tablespace: string
}

const providers: Readonly<Record<string, string>> = { c: 'libc', i: 'icu', b: 'builtin' }

/**
 * CREATE DATABASE for a database without a single object that sorts and stores texts as the parent does. Nobody can
 * connect to it yet. Sources: https://www.postgresql.org/docs/18/catalog-pg-database.html; the provider is named from
 * 15 on, rules from 16 on, and `daticulocale` became `datlocale` in 17.
 */
export async function createEmptyLike(admin: Sql, { parent, aside }: { parent: string; aside: string }): Promise<void> {
  const [like] = await admin.query<Locale>(
    `SELECT pg_encoding_to_char(encoding)::text AS encoding, datcollate::text AS collate, datctype::text AS ctype,
            to_jsonb(d) ->> 'datlocprovider' AS provider, coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') AS locale,
            to_jsonb(d) ->> 'daticurules' AS rules, (SELECT spcname::text FROM pg_tablespace t WHERE t.oid = dattablespace) AS tablespace
       FROM pg_database d WHERE datname = $1`,
    [parent],
  )
  if (!like) throw new Error(`The database "${parent}" is gone.`)
  await admin.query(
    `CREATE DATABASE ${name(aside)} TEMPLATE template0 OWNER ${name(aside)} ALLOW_CONNECTIONS false ${localeClauses(like)} TABLESPACE ${name(like.tablespace)}`,
  )
}

function localeClauses({ encoding, collate, ctype, provider, locale, rules }: Locale): string {
  const named = provider === null ? undefined : providers[provider]
  return [
    `ENCODING ${literal(encoding)} LC_COLLATE ${literal(collate)} LC_CTYPE ${literal(ctype)}`,
    ...(named === undefined ? [] : [`LOCALE_PROVIDER ${named}`]),
    ...(named === 'icu' && locale !== null ? [`ICU_LOCALE ${literal(locale)}`] : []),
    ...(named === 'icu' && rules !== null ? [`ICU_RULES ${literal(rules)}`] : []),
    ...(named === 'builtin' && locale !== null ? [`BUILTIN_LOCALE ${literal(locale)}`] : []),
  ].join(' ')
}
