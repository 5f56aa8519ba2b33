/** Thirty made-up values of each kind of personal data that a scan knows; no two alike. */
const places = Array.from({ length: 30 }, (_, at) => at)
const two = (at: number) => String(at + 10)
const firstNames = ['Maria', 'Johannes', 'Agnieszka', 'Francesco', 'Katarzyna', 'Guillaume']

function luhn(digits: string): string {
  const sum = [...digits].toReversed().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return digits + String((10 - (sum % 10)) % 10)
}

function iban(at: number): string {
  const account = `370400440532013${two(at)}0`
  const check = 98n - (BigInt(`${account}131400`) % 97n)
  return `DE${String(check).padStart(2, '0')}${account}`
}

function bsn(at: number): string {
  const weights = [9, 8, 7, 6, 5, 4, 3, 2]
  for (let number = 12_345_600 + at * 100; ; number++) {
    const digits = String(number)
    const rest = weights.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0) % 11
    if (rest < 10) return digits + String(rest)
  }
}

export const planted = {
  who: places.map((at) => `${firstNames[at % 6]} Qvist${String.fromCharCode(97 + (at % 26))}${at > 25 ? 'son' : ''}`),
  given: places.map((at) => `${firstNames[at % 6]}${at > 17 ? `-Zu${String.fromCharCode(97 + (at % 26))}` : ''}`),
  contact: places.map((at) => `plant.mail${two(at)}@quince.test`),
  line: places.map((at) => `+49 30 7766${two(at)}5`),
  nino: places.map((at) => `AB1234${two(at)}C`),
  bsn: places.map(bsn),
  pan: places.map((at) => luhn(`41111111222233${at % 10}`.slice(0, 13) + two(at))),
  iban: places.map(iban),
  other: places.map((at) => `plant.other${two(at)}@quince.test`),
  host: places.map((at) => `93.184.77.${two(at)}`),
  remark: places.map((at) => `Please ring PLANT-${two(at)} Quillon twice at the back door`),
  odd: places.map((at) => `PLANTODD-${two(at)}`),
  key: places.map((at) => `plant.key${two(at)}@quince.test`),
  inside: places.map((at) => `plant.inside${two(at)}@quince.test`),
  agent: places.map((at) => `plantagent${two(at)}/1.0`),
  pin: places.map((at) => `PLANTPIN${two(at)}`),
  note: places.map((at) => `plant.note${two(at)}@quince.test called`),
} as const

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

/** Rows for scan.sql, 120 in each larger table. */
export function plantRows(): string {
  const rows = Array.from({ length: 120 }, (_, at) => at)
  const of = (kind: keyof typeof planted, at: number) => literal(planted[kind][at % 30] ?? '')
  // Unique columns hold each of the thirty once and then others of the same form.
  const unique = (kind: 'contact' | 'line' | 'nino', at: number) => {
    if (at < 30) return of(kind, at)
    const others = {
      contact: `other${at}@quince.test`,
      line: `+49 40 8899${100 + at}`,
      nino: `CE4${String(10_000 + at)}D`,
    }
    return literal(others[kind])
  }
  const people = rows.map(
    (at) =>
      `(${of('who', at)}, ${of('given', at)}, ${unique('contact', at)}, ${unique('line', at)}, ${unique('nino', at)}, ${planted.bsn[at % 30]},
        ${planted.pan[at % 30]}, ${of('iban', at)}, ${literal(['DE', 'FR', 'NL'][at % 3] ?? '')}, ${literal(['active', 'gone'][at % 2] ?? '')},
        ${literal(['low', 'high'][at % 2] ?? '')}, 'glad', ARRAY[${of('other', at)}, NULL, ''], ${of('host', at)}, '93.184.${at}.7', date '1970-01-01' + ${at},
        ARRAY[now()], 'bytes ${at}', to_tsvector('simple', ${of('who', at)}), hstore('mail', ${of('contact', at)}), ROW(${of('who', at)}, 'x'), ${of('odd', at)}, ${of('remark', at)})`,
  )
  const weird = rows.map(
    (at) =>
      `(${at}, ${of('odd', at)}, jsonb_build_object('contact', jsonb_build_object('mail', ${of('inside', at)}), 'n', ${at}),
        jsonb_build_object(${of('key', at)}, 1), ARRAY[jsonb_build_object('mail', ${of('inside', at)})])`,
  )
  return `
    INSERT INTO people (who, given, contact, line, nino, bsn, pan, iban_like, country, state, tier, feeling, other_mails, host, addr, born, seen, photo, words, extra, both_names, "odd""name *", remark)
      VALUES ${people.join(', ')};
    INSERT INTO logins SELECT contact, now() FROM people;
    INSERT INTO "Weird \`\`\` ""t"": #1" VALUES ${weird.join(', ')};
    INSERT INTO visits VALUES ${rows.map((at) => `(${at}, date '2024-04-01' + ${at}, ${of('agent', at)}, ${of('host', at)})`).join(', ')};
    INSERT INTO base VALUES ${rows.map((at) => `(${of('note', at)})`).join(', ')};
    INSERT INTO heir VALUES ${rows.map((at) => `(${of('note', at)}, ${of('other', at)})`).join(', ')};
    INSERT INTO secrets VALUES ${rows.map((at) => `(${of('who', at)}, ${of('pin', at)})`).join(', ')};
    ANALYZE;`
}
