import { faker as german } from '@faker-js/faker/locale/de'

export type Kind = 'email' | 'name' | 'address' | 'phone' | 'iban' | 'card' | 'id' | 'ip' | 'uuid'

/** Equal on every day and every machine. */
const seed = 5
german.seed(seed)

/** What breaks a careless search or a careless mask: quotes, backslashes, umlauts, characters of four bytes. */
const spices = [' "Zoë"', " d'Été", ' \\x41', ' Ñandú😀', ' ß\\"q"', ' 李小龍']
const makers: Readonly<Record<Kind, (at: number) => string>> = {
  email: (at) =>
    `${german.person.firstName()}${['', "'", 'ü', '\\', '+😀', '"q"'][at % 6]}.${german.string.alpha(6)}@${['mail.corp.de', 'größe.fr'][at % 2]}`,
  name: (at) => `${german.person.firstName()} ${german.person.lastName()}${at % 2 === 0 ? '' : spices[at % 6]}`,
  address: (at) => `${german.number.int(999)} ${german.location.street()}${at % 2 === 0 ? '' : spices[(at + 2) % 6]}`,
  phone: () => `+49 ${german.string.numeric(3)} ${german.string.numeric(7)}`,
  iban: () => german.finance.iban({ countryCode: 'DE' }),
  card: () => german.finance.creditCardNumber('################'),
  id: () => `${german.string.numeric(3)}-${german.string.numeric(2)}-${german.string.numeric(4)}`,
  // As PostgreSQL prints it: eight groups without a leading zero, so that no two spellings are one address.
  ip: () => Array.from({ length: 8 }, () => german.number.int({ min: 0x1000, max: 0xffff }).toString(16)).join(':'),
  uuid: () => german.string.uuid(),
}

/** Bytes of a value that are looked for: no other value begins with them, and further ones may be compressed. */
export const enough = 16
const given: Buffer[] = []

/** Personal values that look real. No beginning of one is part of another, whichever asked for it. */
export function makeValues(kind: Kind, count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    for (;;) {
      const value = makers[kind](at)
      const bytes = Buffer.from(value)
      const alike = given.some(
        (other) => other.includes(bytes.subarray(0, enough)) || bytes.includes(other.subarray(0, enough)),
      )
      if (value.length < 8 || alike) continue
      given.push(bytes)
      return value
    }
  })
}
