import { expect, it } from '@jest/globals'
import { nationalIdsIn } from '../../../src/domain/masking/national-ids.js'

/** Specimens that the authorities or Wikipedia publish; the check digit is the last digit or letter. */
const specimens = [
  ['French NIR', '2 55 08 14 168 025 38'],
  // Corsica, whose letters stand for 19 and 18; reckoned by hand.
  ['French NIR', '1 85 05 2A 004 023 59'],
  ['French NIR', '1 85 05 2B 004 023 86'],
  ['Spanish DNI or NIE', '12345678Z'],
  ['Spanish DNI or NIE', 'X-1234567-L'],
  ['Italian codice fiscale', 'RSSMRA85T10A562S'],
  ['German tax id', '86 095 742 719'],
  ['Dutch BSN', '111222333'],
  ['Swiss AHV number', '756.9217.0769.85'],
  ['Brazilian CPF', '529.982.247-25'],
  ['Polish PESEL', '44051401359'],
  ['Swedish personal number', '811228-9874'],
  ['Swedish personal number', '19811228-9874'],
  ['Indian Aadhaar number', '2341 2341 2346'],
  ['Belgian national number', '85.07.30-033 28'],
  // Born since 2000: reckoned with a 2 before it.
  ['Belgian national number', '00.01.01-001 05'],
  ['Norwegian birth number', '15108695088'],
  ['Finnish HETU', '131052-308T'],
  ['Canadian SIN', '123-456-782'],
  ['Chinese identity number', '360426199101010071'],
] as const

const following = (last: string) =>
  last === 'Z' ? 'A' : last === '9' ? '0' : String.fromCharCode(last.charCodeAt(0) + 1)

it.each(specimens)('knows a %s, and not one with another check digit', (name, specimen) => {
  expect(nationalIdsIn(specimen)).toContain(name)
  expect(nationalIdsIn(specimen.slice(0, -1) + following(specimen.at(-1)!))).not.toContain(name)
})

it.each([
  ['Brazilian CPF', '529.982.247-33'],
  ['Norwegian birth number', '15108695002'],
  ['German tax id', '11112345678'],
  ['German tax id', '11223456785'],
])('takes no %s whose last digit alone is right', (name, text) => {
  expect(nationalIdsIn(text)).not.toContain(name)
})

it('knows a UK national insurance number by its form', () => {
  expect(nationalIdsIn('ab 12 34 56 c')).toEqual(['UK national insurance number'])
  expect(nationalIdsIn('BG123456C')).toEqual([])
  expect(nationalIdsIn('AB123456E')).toEqual([])
})

it.each(['2024-01-02 12:34', '00000000000', '11111111111', 'order 1234567', 'u0123456789abcdef', '1', ''])(
  'takes %p for none',
  (text) => {
    expect(nationalIdsIn(text)).toEqual([])
  },
)

it('takes few of a row of plain numbers for any one of them', () => {
  const hits = new Map<string, number>()
  for (let at = 0; at < 1000; at++)
    for (const name of nationalIdsIn(String(20_250_000_001 + at * 7))) hits.set(name, (hits.get(name) ?? 0) + 1)
  expect(Math.max(0, ...hits.values())).toBeLessThan(150)
})
