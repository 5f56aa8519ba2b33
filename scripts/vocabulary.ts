/**
 * `npx tsx scripts/vocabulary.ts [--check]` writes src/domain/synthetic/vocabulary.ts from the words of @faker-js/faker, so
 * that the bundle carries a few kilobytes of words and not the library.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { en } from '@faker-js/faker'
import { format, resolveConfig } from 'prettier'

const file = path.join(import.meta.dirname, '../src/domain/synthetic/vocabulary.ts')
const licence = path.join(import.meta.dirname, '../node_modules/@faker-js/faker/LICENSE')

/** Plain words only, at most `longest` letters; evenly from the whole list, so that not all begin with A. */
function some(words: readonly string[] | null | undefined, count: number, longest = 12): string[] {
  const plain = [...new Set(words ?? [])]
    .filter((word) => /^[A-Za-z][A-Za-z -]*$/.test(word) && word.length <= longest)
    .sort()
  if (plain.length < count) throw new Error(`${plain.length} words where ${count} are wanted, such as ${plain[0]}`)
  return Array.from({ length: count }, (_, index) => plain[Math.floor((index * plain.length) / count)] ?? '')
}

export async function vocabulary(): Promise<string> {
  const { person, location, word, lorem, commerce, company, color, food } = en
  const first = person?.first_name
  const lists = {
    firstNames: some([...(first?.female ?? []), ...(first?.male ?? [])], 128, 9),
    lastNames: some(person?.last_name?.generic, 128, 10),
    jobAreas: some(person?.job_area, 24),
    jobTypes: some(person?.job_type, 20),
    cities: some(location?.city_name, 96),
    streets: some(location?.street_name, 96, 16),
    states: some(location?.state, 32, 14),
    countries: some(location?.country, 96, 14),
    adjectives: some(word?.adjective, 96, 10),
    nouns: some(word?.noun, 128, 10),
    loremWords: some(lorem?.word, 96, 10),
    productAdjectives: some(commerce?.product_name?.adjective, 20),
    productMaterials: some(commerce?.product_name?.material, 12),
    products: some(commerce?.product_name?.product, 20),
    departments: some(commerce?.department, 20),
    companyForms: some(company?.legal_entity_type as string[], 4),
    colours: some(color?.human, 24),
    fruits: some(food?.fruit, 32),
  }
  const notice = readFileSync(licence, 'utf8').split('\n===')[0]?.trim().replace(/^/gm, ' * ').replace(/ +$/gm, '')
  const body = Object.entries(lists).map(
    ([name, words]) => `export const ${name}: readonly string[] = ('${words.join(',')}').split(',')\n`,
  )
  const text = `/**\n * Words of @faker-js/faker, chosen by scripts/vocabulary.ts; do not edit.\n *\n${notice}\n */\n\n${body.join('\n')}`
  return format(text, { ...(await resolveConfig(file)), filepath: file })
}

if (process.argv[1] === import.meta.filename) {
  const text = await vocabulary()
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) {
    console.error('src/domain/synthetic/vocabulary.ts is not what scripts/vocabulary.ts makes.')
    process.exitCode = 1
  }
}
