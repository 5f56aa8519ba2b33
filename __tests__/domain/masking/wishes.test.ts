import { describe, expect, it } from '@jest/globals'
import { DocumentTally } from '../../../src/domain/masking/document-tally.js'
import { type Findings, Tally } from '../../../src/domain/masking/tally.js'
import { isList, type Place, wishesFor, type WrittenDocument } from '../../../src/domain/masking/wishes.js'

const many = (length: number, make: (at: number) => string) => Array.from({ length }, (_, at) => make(at))

function tallied(values: readonly string[]) {
  const tally = new Tally()
  for (const value of values) tally.add(value)
  return tally.findings()
}

function placeOf(change: Partial<Place>): Place {
  const plain = {
    array: false,
    base: 'text',
    partitionKey: false,
    listed: false,
    lookedUp: false,
    integerKey: undefined,
  }
  return { name: 'x', kind: 'text', ...plain, ...change }
}

/** The first wish, as `rule # why` or `harmless # why`. */
function firstFor(change: Partial<Place>): string {
  const [wish] = wishesFor(placeOf(change))
  if (!wish) return 'none'
  return wish.kind === 'mask'
    ? `${JSON.stringify(wish.rule).replaceAll('"', '')} # ${wish.why}`
    : `${wish.kind} # ${wish.why}`
}

const people = [
  'Maria Garcia',
  'Hans Müller',
  'Zoltán Fekete',
  'José da Silva',
  'Aisha Khan',
  'Nguyen Van An',
  'John Smith',
  'Ewa Nowak',
]

describe('texts', () => {
  it.each([
    ['email', many(50, (at) => `a${at}@corp.de`), 'email # email in 100 % of 50 sampled values'],
    [
      'email among others',
      many(50, (at) => (at < 30 ? `a${at}@corp.de` : 'unknown')),
      'email # email in 60 % of 50 sampled values',
    ],
    ['card', many(20, () => '4111 1111 1111 1111'), 'credit_card # payment card in 100 % of 20 sampled values'],
    ['IBAN', many(20, () => 'DE89 3704 0044 0532 0130 00'), 'hash # IBAN in 100 % of 20 sampled values'],
    ['phone', many(20, (at) => `+49 30 77661${100 + at}`), 'phone # phone number in 100 % of 20 sampled values'],
    ['phone at home', many(20, (at) => `030 / 77661${100 + at}`), 'phone # phone number in 100 % of 20 sampled values'],
    ['IPv4', many(20, (at) => `10.0.0.${at}`), 'ip # IPv4 address in 100 % of 20 sampled values'],
    ['MAC', many(20, (at) => `aa:bb:cc:dd:ee:${10 + at}`), 'mac # MAC address in 100 % of 20 sampled values'],
    [
      'UUID',
      many(20, (at) => `123e4567-e89b-42d3-8456-4266141740${10 + at}`),
      'uuid # UUID in 100 % of 20 sampled values',
    ],
    ['URL', many(20, (at) => `https://corp.de/${at}`), 'url # URL in 100 % of 20 sampled values'],
    ['national id', many(20, () => '529.982.247-25'), 'hash # Brazilian CPF in 100 % of 20 sampled values'],
    ['SSN', many(20, (at) => `123-45-67${10 + at}`), 'hash # US social security number in 100 % of 20 sampled values'],
    ['names', many(40, (at) => people[at % 8]!), 'name # frequent names of people in 87 % of 40 sampled values'],
    [
      'first names',
      many(40, (at) => people[at % 8]!.split(' ')[0]!),
      'first_name # frequent first names in 62 % of 40 sampled values',
    ],
    [
      'free text with an address in it',
      many(200, (at) => (at === 0 ? 'write to ada@corp.de soon' : `call ${at} back please`)),
      'redact_text # email within under 1 % of 200 sampled values',
    ],
    ['codes', many(50, (at) => `A-${at}-77`), 'hash # codes without a finding in 50 sampled values'],
    ['words', many(50, (at) => `some words number ${at}`), 'redact_text # text without a finding in 50 sampled values'],
    [
      'a list',
      many(300, (at) => ['new', 'paid', 'sent'][at % 3]!),
      'harmless # 3 different values in 300 sampled values',
    ],
    ['no values', [], 'redact_text # no values were seen'],
    ['one value', ['x'], 'redact_text # text without a finding in 1 sampled value'],
  ])('%s', (_what, values, expected) => {
    expect(firstFor({ findings: tallied(values) })).toBe(expected)
  })

  it.each([
    ['plain numbers of eleven digits', many(200, (at) => String(20_250_000_001 + at * 7))],
    ['plain numbers of sixteen digits', many(200, (at) => String(4_000_000_000_000_001 + at * 7))],
    ['two emails alone', ['a@corp.de', 'b@corp.de']],
  ])('%s prove nothing', (_what, values) => {
    expect(firstFor({ findings: tallied(values) })).not.toMatch(/^(email|credit_card|phone)|(BSN|CPF|id|PESEL) in/)
  })

  it.each([
    ['words of people', many(300, (at) => ['Okonkwo', 'Fekete', 'Adeyemi'][at % 3]!)],
    ['names', many(300, (at) => ['anna', 'maria', 'peter'][at % 3]!)],
    ['a word that comes once', [...many(300, (at) => ['new', 'paid'][at % 2]!), 'lost']],
    ['few rows', many(99, () => 'new')],
    ['addresses', many(300, (at) => `a${at % 3}@corp.de`)],
  ])('%s are no harmless list', (_what, values) => {
    expect(firstFor({ findings: tallied(values) })).not.toMatch(/^harmless/)
  })

  it.each([
    ['email', 'email # by its name'],
    ['lastName', 'last_name # by its name'],
    ['myIp', 'ip # by its name'],
    ['religion', 'redact_text # by its name: a delicate matter'],
    ['geburtsdatum', 'redact_text # by its name: a date of birth'],
  ])('the name %s speaks where values do not', (name, expected) => {
    expect(firstFor({ name, findings: tallied(many(300, (at) => ['a', 'b'][at % 2]!)) })).toBe(expected)
  })

  it('values speak louder than the name', () => {
    expect(firstFor({ name: 'phone', findings: tallied(many(9, (at) => `a${at}@corp.de`)) })).toMatch(/^email #/)
  })

  it('a list that the schema declares is harmless; one that other rows look up as well', () => {
    expect(firstFor({ listed: true, name: 'name' })).toBe('harmless # its CHECK constraint lists the values')
    expect(firstFor({ lookedUp: true, findings: tallied(['DE', 'FR']) })).toMatch(/^harmless # a short list of words/)
  })

  it('never keeps a text', () => {
    for (const name of ['x', 'email', 'status'])
      for (const values of [[], many(300, () => 'a'), many(30, (at) => `${at}`)])
        expect(wishesFor(placeOf({ name, findings: tallied(values) })).map(({ kind }) => kind)).not.toContain('keep')
  })
})

it.each([
  ['date', { name: 'day', kind: 'date' }, 'date_shift # all rows move back alike'],
  ['date of birth', { name: 'dob', kind: 'date' }, '{mask:generalise,unit:year} # by its name: a date of birth'],
  ['address', { kind: 'inet' }, 'ip # by its type'],
  ['bytes', { kind: 'bytes' }, 'hash # by its type'],
  ['documents in an array', { kind: 'json', array: true }, 'null # an array of documents'],
  ['other', { kind: 'other', base: 'hstore' }, 'null # of a type whose values cannot be masked'],
  ['number', { kind: 'number', findings: tallied(many(50, (at) => String(at))) }, 'none'],
  [
    'card in a number',
    { kind: 'number', findings: tallied(many(50, () => '4111111111111111')) },
    'null # payment card in 100 % of 50 sampled values',
  ],
] as const)('%s', (_what, place, expected) => {
  expect(firstFor(place)).toBe(expected)
})

describe('documents', () => {
  function documents(items: readonly unknown[]) {
    const tally = new DocumentTally()
    for (const item of items) tally.add(item)
    return tally.findings()
  }
  const rule = (items: readonly unknown[]) => {
    const [wish] = wishesFor(placeOf({ kind: 'json', documents: documents(items) }))
    const written = wish?.kind === 'mask' ? wish.rule : undefined
    if (typeof written !== 'object' || !('paths' in written)) return written
    const paths = written.paths as ReadonlyMap<string, { rule: string }>
    return Object.fromEntries([...paths].map(([path, each]) => [path, each.rule]))
  }

  it('gives each path its rule, through arrays, and leaves the rest redacted', () => {
    const items = many(40, (at) => `a${at}@corp.de`).map((mail, at) => ({
      contact: { mail },
      items: [{ to: mail, n: at }, { to: mail }],
      tags: [mail],
      plain: 'x',
      name: 'y',
    }))
    expect(rule(items)).toEqual({ 'contact.mail': 'email', 'items[*].to': 'email', 'tags[*]': 'email', name: 'name' })
  })

  it.each<[string, readonly unknown[]]>([
    ['addresses', many(5, (at) => `a${at}@corp.de`).map((key) => ({ [key]: 1 }))],
    ['numbers of people', [{ by: { '529.982.247-25': 1 } }]],
    ['names of people', [{ 'Maria Garcia': 1 }]],
    ['a new one each time', many(80, (at) => `user${at}`).map((key) => ({ [key]: 'x' }))],
  ])('documents whose keys are %s go as a whole', (_what, items) => {
    expect(documents(items).keysAreData).toBe(true)
    expect(rule(items)).toEqual({ mask: 'constant', value: '{}' })
  })

  it('never tells a key that few documents have, or that rules cannot write', () => {
    const items = many(100, (at) => `a${at}@corp.de`).map((mail, at) =>
      at < 4 ? { jane_doe: mail, mail } : { mail, 'odd.key': mail, '*': mail },
    )
    expect([...documents(items).paths.keys()]).toEqual(['mail'])
  })
})

/** All wishes in their order, as `rule # why`. */
const allFor = (change: Partial<Place>) =>
  wishesFor(placeOf(change)).map((wish) => {
    const rule = wish.kind === 'mask' ? JSON.stringify(wish.rule).replaceAll('"', '') : wish.kind
    return `${rule} # ${wish.why}`
  })

const plain: Findings = {
  values: 100,
  whole: new Map(),
  inside: new Map(),
  names: { full: 0, first: 0, last: 0 },
  distinct: 4,
  rarest: 5,
  longest: 40,
  wordy: 0,
  opaque: 0,
  coded: true,
}
const inAll = (why: string) =>
  ['hash', 'redact_text', 'null', '{mask:constant,value:x}'].map((rule) => `${rule} # ${why}`)

describe('where the first wish cannot be done, the next one is', () => {
  it.each<[string, Partial<Place>, readonly string[]]>([
    ['an address', { kind: 'inet' }, ['ip # by its type', 'null # an address in a unique index']],
    ['a MAC address', { kind: 'mac' }, ['mac # by its type', 'null # an address in a unique index']],
    ['bytes', { kind: 'bytes' }, ['hash # by its type', 'null # by its type']],
    ['a uuid', { kind: 'uuid' }, []],
    ['an enum', { kind: 'enum' }, []],
    ['a switch', { kind: 'boolean' }, []],
    ['a number that was not read', { kind: 'number' }, []],
    ['a date', { kind: 'date' }, ['date_shift # all rows move back alike', 'null # cannot be moved']],
    ['a time', { kind: 'timestamp', name: 'born_at' }, ['{mask:generalise,unit:year} # by its name: a date of birth', 'date_shift # all rows move back alike', 'null # cannot be moved']],
    ['a date of a partition key', { kind: 'date', partitionKey: true }, ['date_shift # all rows move back alike', 'null # cannot be moved', 'keep # part of the partition key, which cannot change']],
    ['a point', { kind: 'other', base: 'point' }, ['null # of a type whose values cannot be masked', '{mask:constant,value:(0,0)} # of a type whose values cannot be masked']],
    ['a type of a user', { kind: 'other', base: 'mine' }, ['null # of a type whose values cannot be masked']],
    ['documents', { kind: 'json' }, ['json # documents that were not read; what no path names is redacted', 'null # documents in a unique index', '{mask:constant,value:{}} # documents in a unique index']],
    ['documents whose keys are data', { kind: 'json', documents: { documents: 1, paths: new Map(), keysAreData: true } }, ['{mask:constant,value:{}} # keys that are data themselves, which a mask of the values would leave', 'null # keys that are data themselves, which a mask of the values would leave']],
    ['what nobody has seen', {}, ['redact_text # no values were seen', ...inAll('no values were seen')]],
    ['text', { findings: { ...plain, coded: false } }, ['redact_text # text without a finding in 100 sampled values', ...inAll('text without a finding in 100 sampled values')]],
    ['codes', { findings: { ...plain, coded: false, opaque: 0.8 } }, inAll('codes without a finding in 100 sampled values')],
    ['a list', { findings: plain }, ['harmless # 4 different values in 100 sampled values', ...inAll('no finding')]],
    ['a list by its name delicate', { name: 'religion', findings: plain }, ['redact_text # by its name: a delicate matter', ...inAll('delicate by its name')]],
    ['a date of birth as a text', { name: 'birthday' }, ['redact_text # by its name: a date of birth', ...inAll('by its name')]],
    ['an email', { name: 'email' }, ['email # by its name', ...inAll('by its name')]],
    ['a short unique code', { integerKey: 'id', findings: { ...plain, coded: false, opaque: 1 } }, ['hash', 'redact_text', '{mask:template,text:X{id},allow_uniqueness_loss:true}', 'null', '{mask:constant,value:x}'].map((rule) => `${rule} # codes without a finding in 100 sampled values`)],
  ])('%s', (_what, place, wishes) => {
    expect(allFor(place)).toEqual(wishes)
  }) // prettier-ignore

  it.each<[string, Partial<Findings>, string]>([
    ['in texts', { wordy: 0.1, opaque: 1 }, 'redact_text # email within 50 % of 100 sampled values'],
    ['in words', { opaque: 0.9 }, 'redact_text # email within 50 % of 100 sampled values'],
    ['in codes', { opaque: 1 }, 'hash # email within 50 % of 100 sampled values'],
  ])('what stands %s decides what it becomes', (_what, change, first) => {
    const inside = new Map([['IBAN', 0.1], ['email', 0.5]]) // prettier-ignore
    const why = 'email within 50 % of 100 sampled values'
    expect(allFor({ findings: { ...plain, ...change, inside } })).toEqual([first, ...inAll(why)])
    expect(firstFor({ name: 'email', findings: { ...plain, inside } })).toBe(`email # by its name, ${why}`)
  })
})

describe('a list of words', () => {
  it.each<[string, Partial<Findings>, boolean]>([
    ['is one', {}, true],
    ['has more values', { distinct: undefined }, false],
    ['is seen too seldom', { values: 99 }, false],
    ['has a rare word', { rarest: 4 }, false],
    ['has a long word', { longest: 41 }, false],
    ['has a word with an address', { inside: new Map([['email', 0.001]]) }, false],
    ['has full names', { names: { full: 0.01, first: 0, last: 0 } }, false],
    ['has first names', { names: { full: 0, first: 0.01, last: 0 } }, false],
    ['has last names', { names: { full: 0, first: 0, last: 0.01 } }, false],
    ['has words as people write them', { coded: false }, false],
  ])('%s', (_what, change, is) => {
    expect(isList({ ...plain, ...change })).toBe(is)
  })
})

describe('a share', () => {
  const whole = (kind: string, share: number, values = 100) =>
    firstFor({ findings: { ...plain, coded: false, values, whole: new Map([[kind, share]]) } })

  it.each<[string, number, number, string]>([
    ['email', 0.5, 100, 'email # email in 50 % of 100 sampled values'],
    ['email', 0.49, 100, 'redact_text # text'],
    ['email', 1, 3, 'email # email in 100 % of 3 sampled values'],
    ['email', 1, 2, 'redact_text # text'],
    ['Dutch BSN', 0.8, 100, 'hash # Dutch BSN in 80 % of 100 sampled values'],
    ['Dutch BSN', 0.79, 100, 'redact_text # text'],
    ['URL', 0.999, 1000, 'url # URL in 99 % of 1000 sampled values'],
  ])('of %s is enough or not: %d of %d', (kind, share, values, first) => {
    expect(whole(kind, share, values)).toContain(first)
  })

  it('of the most frequent national number counts', () => {
    const both = new Map([['Dutch BSN', 0.8], ['Canadian SIN', 0.9], ['URL', 0.95]]) // prettier-ignore
    const national = { ...plain, coded: false, whole: both }
    expect(firstFor({ kind: 'number', findings: national })).toBe('null # Canadian SIN in 90 % of 100 sampled values')
    expect(allFor({ kind: 'number', findings: { ...national, whole: new Map([['payment card', 0.8]]) } })).toEqual([
      'null # payment card in 80 % of 100 sampled values',
      '{mask:constant,value:0} # payment card in 80 % of 100 sampled values',
    ])
    expect(allFor({ kind: 'number', findings: { ...national, whole: new Map([['payment card', 0.79]]) } })).toEqual([])
  })

  it.each([
    [0, 'under 1 % of 0'],
    [0.001, 'under 1 % of'],
    [0.01, '1 % of'],
    [0.999, '99 % of'],
  ])('of %d is told', (share, told) => {
    const findings = { ...plain, coded: false, inside: new Map([['email', share]]) }
    expect(firstFor({ findings }).replace('0 % of 100', 'under 1 % of 0')).toContain(told)
  })
})

it('gives a path inside a document only what makes sense there', () => {
  const email = { ...plain, whole: new Map([['email', 1]]) }
  const national = { ...plain, whole: new Map([['Dutch BSN', 1]]) }
  const paths = new Map([['a.mails[*]', email], ['id', national], ['first_name', plain], ['tags[*]', plain]]) // prettier-ignore
  const [wish] = wishesFor(placeOf({ kind: 'json', documents: { documents: 9, paths, keysAreData: false } }))
  const rule = wish?.kind === 'mask' && (wish.rule as WrittenDocument)
  expect(rule && [...rule.paths]).toEqual([
    ['a.mails[*]', { rule: 'email', why: 'email in 100 % of 100 sampled values' }],
    ['first_name', { rule: 'first_name', why: 'by its name' }],
  ])
  expect(wish?.why).toBe('9 sampled documents; what no path names is redacted')
})
