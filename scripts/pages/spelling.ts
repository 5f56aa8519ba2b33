import { proseLines, withoutCode } from './markdown-page.js'
import type { Pages } from './links.js'

/**
 * Misspellings that are no words of their own, after the lists of Wikipedia and of codespell; a dictionary would also
 * have to know every name of a platform, of a tool and of PostgreSQL.
 */
const misspelt: Readonly<Record<string, string>> = {
  accomodate: 'accommodate',
  adress: 'address',
  agressive: 'aggressive',
  alot: 'a lot',
  apparant: 'apparent',
  arguement: 'argument',
  authentification: 'authentication',
  begining: 'beginning',
  beleive: 'believe',
  calender: 'calendar',
  choosen: 'chosen',
  commited: 'committed',
  commiting: 'committing',
  comparision: 'comparison',
  completly: 'completely',
  concious: 'conscious',
  conneciton: 'connection',
  convienient: 'convenient',
  databse: 'database',
  decribe: 'describe',
  definately: 'definitely',
  delimeter: 'delimiter',
  dependancy: 'dependency',
  depracated: 'deprecated',
  desciption: 'description',
  dissapear: 'disappear',
  enviroment: 'environment',
  existance: 'existence',
  explicitely: 'explicitly',
  fourty: 'forty',
  foward: 'forward',
  garantee: 'guarantee',
  guarentee: 'guarantee',
  happend: 'happened',
  immediatly: 'immediately',
  implicitely: 'implicitly',
  independant: 'independent',
  intial: 'initial',
  langauge: 'language',
  lenght: 'length',
  maintainance: 'maintenance',
  millenium: 'millennium',
  mispell: 'misspell',
  neccessary: 'necessary',
  necesary: 'necessary',
  occassion: 'occasion',
  occured: 'occurred',
  occurence: 'occurrence',
  occuring: 'occurring',
  ommited: 'omitted',
  optionnal: 'optional',
  orignal: 'original',
  paramter: 'parameter',
  permissons: 'permissions',
  posession: 'possession',
  postgre: 'PostgreSQL',
  preceeding: 'preceding',
  priviledge: 'privilege',
  privelege: 'privilege',
  publically: 'publicly',
  reccomend: 'recommend',
  recieve: 'receive',
  recomend: 'recommend',
  refered: 'referred',
  refering: 'referring',
  relevent: 'relevant',
  repositry: 'repository',
  responsability: 'responsibility',
  rythm: 'rhythm',
  seperate: 'separate',
  seperator: 'separator',
  similiar: 'similar',
  succesful: 'successful',
  successfull: 'successful',
  supercede: 'supersede',
  suprise: 'surprise',
  teh: 'the',
  thier: 'their',
  threshhold: 'threshold',
  tranfer: 'transfer',
  truely: 'truly',
  unkown: 'unknown',
  untill: 'until',
  usefull: 'useful',
  verfied: 'verified',
  vulnerabilty: 'vulnerability',
  wether: 'whether',
  wich: 'which',
  withing: 'within',
  writting: 'writing',
}

/** Words that may follow themselves. */
const doubled = new Set(['that', 'had'])

/** Words that stand once on the pages, one letter from a word that stands there often, and are meant. */
const meant = new Set('asking billed decade prefers replayed reuses scrypt states taking writing'.split(' '))

/** How often, and how long, a word must be for a single word beside it to look like a slip of the same. */
const often = { times: 6, letters: 6 }

/** One sentence per misspelt or doubled word, and per word that stands once and looks like a slip of a frequent one. */
export function spelling(pages: Pages): string[] {
  const lines = [...pages].flatMap(([path, page]) =>
    proseLines(page).map((line, index) => ({
      at: `${path}:${index + 1}`,
      text: withoutCode(line).replaceAll(/\]\([^)]*\)|https?:\S+|<[^>]+>/g, ' ; '),
    })),
  )
  const slips = slipsIn(lines.flatMap(({ text }) => wordsOf(text)))
  return lines.flatMap(({ at, text }) => [
    ...misspeltIn(text).map((problem) => `${at} ${problem}`),
    ...wordsOf(text).flatMap((word) => {
      const frequent = slips.get(word)
      return frequent === undefined
        ? []
        : [
            `${at} writes "${word}", which looks like "${frequent}". If it is meant, name it in \`meant\` in scripts/pages/spelling.ts.`,
          ]
    }),
  ])
}

const wordsOf = (text: string): string[] => [...text.matchAll(/\p{L}+/gu)].map(([word]) => word.toLowerCase())

/** Words that stand once, and the frequent word that each is one letter away from. */
function slipsIn(words: readonly string[]): ReadonlyMap<string, string> {
  const times = new Map<string, number>()
  for (const word of words) times.set(word, (times.get(word) ?? 0) + 1)
  const frequent = [...times].filter(([word, n]) => n >= often.times && word.length >= often.letters)
  const single = [...times].filter(([word, n]) => n === 1 && word.length >= often.letters - 1 && !meant.has(word))
  return new Map(
    single.flatMap(([word]) => {
      const near = frequent.find(([other]) => isSlip(word, other))
      return near === undefined ? [] : [[word, near[0]] as const]
    }),
  )
}

/** One letter too many, too few, wrong or exchanged with the next; not the last letter, which is mostly grammar. */
function isSlip(word: string, meantWord: string): boolean {
  const shared = [...word].findIndex((letter, index) => letter !== meantWord[index])
  if (shared === -1 || shared >= Math.min(word.length, meantWord.length) - 1) return false
  const [a, b] = [word.slice(shared), meantWord.slice(shared)]
  const swapped = a.length === b.length && a.slice(0, 2) === `${b[1]}${b[0]}` && a.slice(2) === b.slice(2)
  return swapped || a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1)
}

function misspeltIn(text: string): string[] {
  const wrong = wordsOf(text).filter((word) => Object.hasOwn(misspelt, word))
  const twice = [...text.matchAll(/\b(\p{L}{2,})\s+\1\b/giu)].map(([, word = '']) => word.toLowerCase())
  return [
    ...wrong.map((word) => `writes "${word}" for "${misspelt[word]}".`),
    ...twice.filter((word) => !doubled.has(word)).map((word) => `says "${word}" twice.`),
  ]
}
