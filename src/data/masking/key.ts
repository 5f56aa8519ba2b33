import { createHash, createHmac } from 'node:crypto'
import { literal } from '../../domain/masking/sql-text.js'
import { padsOfEachRow, padsOfStatement } from '../../domain/masking/transformer.js'
import type { MaskingRules } from '../../domain/masking/rules.js'
import { InputError, RefusedError } from '../../errors.js'
import type { MaskingKey, MaskingOrder, RandomHex, Sql } from '../../ports.js'
import { Secret } from '../../secret.js'

const shortestKey = 32

/**
 * From the user's key, or from a random one that nobody ever learns.
 * @throws InputError for a key that is short enough to be guessed.
 */
export function maskingKey(given: Secret | undefined, random: RandomHex): MaskingKey {
  const bytes = given ? Buffer.from(given.reveal(), 'utf8') : Buffer.from(random(shortestKey), 'hex')
  if (bytes.length < shortestKey || new Set(bytes).size < 8) {
    throw new InputError(
      `"masking_key" is too weak: it must have at least ${shortestKey} bytes of random text. Make one with "openssl rand -hex 32", or leave it out for a random key per build.`,
    )
  }
  const block = blockOf(bytes)
  const pad = (byte: number) => new Secret(Buffer.from(block.map((each) => each ^ byte)).toString('latin1'))
  return {
    ipad: pad(0x36),
    opad: pad(0x5c),
    check: new Secret(BigInt.asIntN(64, BigInt(`0x${random(8)}`)).toString()),
    id: createHmac('sha256', bytes).update('db-branch-action key id').digest('hex').slice(0, 16),
    random: given === undefined,
  }
}

/**
 * The key that HMAC-SHA-256 is used with: the 32 bytes of the given key's SHA-256, written in 64 letters from a to p. It
 * fills one block, and both of its pads are plain ASCII without NUL, which PostgreSQL can hold in a text: measured, a
 * setting that had to be decoded for each value made masking take twice as long.
 */
function blockOf(key: Buffer): Buffer {
  const digits = createHash('sha256').update(key).digest('hex')
  return Buffer.from([...digits].map((digit) => 'a'.charCodeAt(0) + Number.parseInt(digit, 16)))
}

export function maskingOrder(rules: MaskingRules, key: MaskingKey): MaskingOrder {
  return { rules, hash: hashOf(rules), key }
}

/** Places are where a rule stands in its file, not what it says. */
function hashOf(rules: MaskingRules): string {
  const plain = JSON.stringify(rules, (name, value: unknown) =>
    name === 'place' ? undefined : value instanceof Map ? [...(value as Map<string, unknown>)] : value,
  )
  return createHash('sha256').update(plain).digest('hex')
}

/**
 * Until the end of the transaction. DDL and COPY take no parameters, so the key travels as a setting (facts 6.2). Dates
 * and bytes get the one spelling under which their digests can be compared.
 */
export async function giveKey(sql: Sql, key: MaskingKey): Promise<void> {
  await sql.query(
    `SELECT set_config('dbb.ipad', $1, true) IS NULL, set_config('dbb.opad', $2, true) IS NULL, set_config('dbb.check', $3, true) IS NULL,
            set_config('timezone', 'UTC', true) IS NULL, set_config('datestyle', 'ISO, YMD', true) IS NULL, set_config('bytea_output', 'hex', true) IS NULL,
            set_config('intervalstyle', 'postgres', true) IS NULL, set_config('extra_float_digits', '1', true) IS NULL`,
    [key.ipad.reveal(), key.opad.reveal(), key.check.reveal()],
  )
}

/** Makes `padsOfStatement`. Their bodies name the settings, never the key, which the catalog would show. */
export async function createPads(sql: Sql): Promise<void> {
  const { inner, outer } = padsOfStatement
  const body = (text: string) => `LANGUAGE sql IMMUTABLE AS ${literal(`SELECT ${text}`)}`
  await sql.query(
    `CREATE FUNCTION ${inner} RETURNS text ${body(padsOfEachRow.inner)}; CREATE FUNCTION ${outer} RETURNS bytea ${body(padsOfEachRow.outer)}`,
  )
}

export async function dropPads(sql: Sql): Promise<void> {
  await sql.query(`DROP FUNCTION IF EXISTS ${padsOfStatement.inner}, ${padsOfStatement.outer}`)
}

/** Settings by which a server writes statements with their parameters, or values out of failed ones, into its log. */
const quiet = {
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_min_duration_sample: '-1',
  log_transaction_sample_rate: '0',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_min_messages: 'panic',
  log_min_error_statement: 'panic',
}

/**
 * Keeps the key out of the server's log. Only a superuser can silence a log; for others a log that takes parameters
 * down is a reason to refuse.
 */
export async function silenceLog(sql: Sql, superuser: boolean): Promise<void> {
  if (superuser) {
    const known = await sql.query<{ name: keyof typeof quiet }>('SELECT name FROM pg_settings WHERE name = ANY ($1)', [
      Object.keys(quiet),
    ])
    await sql.query(known.map(({ name }) => `SET ${name} = '${quiet[name]}'`).join('; '))
    return
  }
  const [log] = await sql.query<{ speaks: boolean }>(
    `SELECT coalesce(current_setting('log_parameter_max_length', true), '-1') <> '0'
        AND (current_setting('log_statement') = 'all' OR current_setting('log_transaction_sample_rate', true) <> '0'
          OR (SELECT setting::int BETWEEN 0 AND 250 FROM pg_settings WHERE name = 'log_min_duration_statement')) AS speaks`,
  )
  if (log?.speaks) {
    throw new RefusedError(
      `Masking the branch refused: the server's log takes down every statement with its values, so the masking key would stand in it. Set log_parameter_max_length = 0 on the server, or let a superuser mask.`,
    )
  }
}
