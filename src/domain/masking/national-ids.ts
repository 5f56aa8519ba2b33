/**
 * National identity numbers that prove themselves by check digits, for drafting rules from sampled values. A random number
 * passes one check in ten or more, so one value proves nothing; a column full of them does.
 */
interface NationalId {
  readonly name: string
  /** Of the whole value without blanks, dots, dashes and slashes, in capitals. */
  readonly form: RegExp
  readonly passes: (packed: string) => boolean
}

const digitsOf = (packed: string) => [...packed].map(Number)
const weighted = (packed: string, weights: readonly number[]) =>
  weights.reduce((sum, weight, at) => sum + weight * Number(packed[at]), 0)
const isMixed = (packed: string) => new Set(packed).size > 1

/** Month and day at the given place, where 20, 40, 60 or 80 may be added to the month and 40 to the day. */
function isDate(packed: string, [month, day]: readonly [number, number]): boolean {
  const inYear = Number(packed.slice(month, month + 2)) % 20
  const inMonth = Number(packed.slice(day, day + 2)) % 40
  return inYear >= 1 && inYear <= 12 && inMonth >= 1 && inMonth <= 31
}

function isLuhn(packed: string): boolean {
  const sum = digitsOf(packed)
    .toReversed()
    .reduce((total, digit, at) => total + (at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0)
  return sum % 10 === 0
}

/** ISO 7064 MOD 11,10. */
function isMod1110(packed: string): boolean {
  const product = digitsOf(packed.slice(0, -1)).reduce((rest, digit) => (((rest + digit) % 10 || 10) * 2) % 11, 10)
  return (11 - product) % 10 === Number(packed.at(-1))
}

/** The dihedral group of order ten: https://en.wikipedia.org/wiki/Verhoeff_algorithm */
const product = ['0123456789', '1234067895', '2340178956', '3401289567', '4012395678', '5987604321', '6598710432', '7659821043', '8765932104', '9876543210'] // prettier-ignore
const permutation = ['0123456789', '1576283094', '5803796142', '8916043527', '9453126870', '4286573901', '2793806415', '7046913258'] // prettier-ignore

function isVerhoeff(packed: string): boolean {
  const rest = digitsOf(packed)
    .toReversed()
    .reduce((sum, digit, at) => Number(product[sum]?.[Number(permutation[at % 8]?.[digit])]), 0)
  return rest === 0
}

function isNir(packed: string): boolean {
  const plain = packed.replace('2A', '19').replace('2B', '18')
  return 97n - (BigInt(plain.slice(0, 13)) % 97n) === BigInt(plain.slice(13))
}

/** Of the first ten digits of a Steuer-ID exactly one comes twice or three times. */
function isSteuerId(packed: string): boolean {
  const counts = [...'0123456789'].map((digit) => packed.slice(0, 10).split(digit).length - 1)
  return counts.filter((count) => count > 1).length === 1 && Math.max(...counts) <= 3 && isMod1110(packed)
}

/** Values of the odd places by digit and letter, in the order 0 to 9, which A to J share, then K to Z. */
const codiceOdd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

function isCodiceFiscale(packed: string): boolean {
  const sum = [...packed.slice(0, 15)].reduce((total, letter, at) => {
    const value = /\d/.test(letter) ? Number(letter) : letter.charCodeAt(0) - 65
    return total + (at % 2 === 0 ? (codiceOdd[value] ?? 0) : value)
  }, 0)
  return (sum % 26) + 65 === packed.charCodeAt(15)
}

function isCpf(packed: string): boolean {
  const check = (length: number) =>
    ((weighted(
      packed,
      Array.from({ length }, (_, at) => length + 1 - at),
    ) *
      10) %
      11) %
    10
  return isMixed(packed) && check(9) === Number(packed[9]) && check(10) === Number(packed[10])
}

function isBelgian(packed: string): boolean {
  const check = 97 - Number(packed.slice(9))
  const fits = (text: string) => Number(text) % 97 === check % 97
  return isDate(packed, [2, 4]) && (fits(packed.slice(0, 9)) || fits(`2${packed.slice(0, 9)}`))
}

function isNorwegian(packed: string): boolean {
  const first = weighted(packed, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11
  return isDate(packed, [2, 0]) && first === 0 && weighted(packed, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0
}

function isFinnish(packed: string): boolean {
  const number = Number(packed.slice(0, 6) + packed.slice(-4, -1))
  return isDate(packed, [2, 0]) && '0123456789ABCDEFHJKLMNPRSTUVWXY'[number % 31] === packed.at(-1)
}

function isChinese(packed: string): boolean {
  const sum = weighted(packed, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
  return isDate(packed, [10, 12]) && '10X98765432'[sum % 11] === packed[17]
}

/** Each by the rule that its authority publishes; stdnum (https://arthurdejong.org/python-stdnum/) collects the sources. */
const nationalIds: readonly NationalId[] = [
  // HM Revenue & Customs, NIM39110: no check digit, but prefixes and a suffix that few codes have.
  {
    name: 'UK national insurance number',
    form: /^(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/,
    passes: () => true,
  },
  // INSEE: key = 97 minus the number modulo 97.
  { name: 'French NIR', form: /^[1-478]\d{4}(\d\d|2A|2B)\d{8}$/, passes: isNir },
  // Ministerio del Interior: the letter by the number modulo 23.
  {
    name: 'Spanish DNI or NIE',
    form: /^[XYZ\d]\d{7}[A-Z]$/,
    passes: (packed) =>
      'TRWAGMYFPDXBNJZSQVHLCKE'[Number(packed.slice(0, 8).replace(/[XYZ]/, (x) => String('XYZ'.indexOf(x)))) % 23] ===
      packed[8],
  },
  // Agenzia delle Entrate, D.M. 23 dicembre 1976.
  { name: 'Italian codice fiscale', form: /^[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]$/, passes: isCodiceFiscale },
  // Bundeszentralamt für Steuern, § 139b AO.
  { name: 'German tax id', form: /^[1-9]\d{10}$/, passes: isSteuerId },
  // Rijksdienst voor Identiteitsgegevens: the eleven test.
  {
    name: 'Dutch BSN',
    form: /^\d{9}$/,
    passes: (packed) => isMixed(packed) && weighted(packed, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
  },
  // Zentrale Ausgleichsstelle: EAN-13 with the country 756.
  {
    name: 'Swiss AHV number',
    form: /^756\d{10}$/,
    passes: (packed) => weighted(packed, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
  },
  // Receita Federal: two digits modulo 11.
  { name: 'Brazilian CPF', form: /^\d{11}$/, passes: isCpf },
  // Ministerstwo Cyfryzacji: weights 1 3 7 9; the century stands in the month.
  {
    name: 'Polish PESEL',
    form: /^\d{11}$/,
    passes: (packed) => isDate(packed, [2, 4]) && weighted(packed, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
  },
  // Skatteverket: Luhn over ten digits; 60 may be added to the day.
  {
    name: 'Swedish personal number',
    form: /^(19|20)?\d{6}\+?\d{4}$/,
    passes: (packed) => {
      const short = packed.replace('+', '').slice(-10)
      const day = Number(short.slice(4, 6))
      const month = Number(short.slice(2, 4))
      return month >= 1 && month <= 12 && day % 60 >= 1 && day % 60 <= 31 && isLuhn(short)
    },
  },
  // UIDAI: Verhoeff; never begins with 0 or 1.
  { name: 'Indian Aadhaar number', form: /^[2-9]\d{11}$/, passes: isVerhoeff },
  // Rijksregister: 97 minus the number modulo 97, with a 2 in front for those born from 2000.
  { name: 'Belgian national number', form: /^\d{11}$/, passes: isBelgian },
  // Skatteetaten: two digits modulo 11; 40 may be added to the day.
  { name: 'Norwegian birth number', form: /^\d{11}$/, passes: isNorwegian },
  // Digi- ja väestötietovirasto: the letter by the number modulo 31.
  { name: 'Finnish HETU', form: /^\d{6}[+A-FU-Y]?\d{3}[0-9A-FHJ-NPR-Y]$/, passes: isFinnish },
  // Service Canada: Luhn; 0 and 8 are not given to people.
  { name: 'Canadian SIN', form: /^[1-79]\d{8}$/, passes: isLuhn },
  // GB 11643-1999: ISO 7064 MOD 11-2.
  { name: 'Chinese identity number', form: /^[1-9]\d{5}(19|20)\d{9}[\dX]$/, passes: isChinese },
]

/** Names of the national numbers that the whole text can be. */
export function nationalIdsIn(text: string): string[] {
  if (text.length > 30) return []
  const packed = text.replace(/[ ./-]/g, '').toUpperCase()
  if (packed.length < 9 || packed.length > 18 || (packed.match(/\d/g) ?? []).length < 6) return []
  return nationalIds.filter(({ form, passes }) => form.test(packed) && passes(packed)).map(({ name }) => name)
}
