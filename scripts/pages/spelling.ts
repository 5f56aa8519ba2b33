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

/** The pages are written in British English; names of inputs and interfaces stand in code. */
const american: Readonly<Record<string, string>> = {
  analyze: 'analyse',
  anonymize: 'anonymise',
  anonymized: 'anonymised',
  behavior: 'behaviour',
  canceled: 'cancelled',
  color: 'colour',
  favor: 'favour',
  honor: 'honour',
  honored: 'honoured',
  labeled: 'labelled',
  minimize: 'minimise',
  neighbor: 'neighbour',
  normalize: 'normalise',
  recognize: 'recognise',
  recognized: 'recognised',
  summarize: 'summarise',
}

/** Words that may follow themselves. */
const doubled = new Set(['that', 'had'])

/** Words that stand once on the pages, one letter from one that is known, and are meant. */
const meant = new Set(
  'billed causes cleared consent fixes forged hence lease leaving lifts linted loops packs prefers replayed reviews spending tiger'.split(
    ' ',
  ),
)

/** How often, and how long, a word must be to be known. */
const known = { times: 3, letters: 5 }

/**
 * One sentence per misspelt or doubled word, and per word that stands once and looks like a slip of a known one.
 * @param sources texts of the code: its words are known as those of the pages are, and one of them is no slip.
 */
export function spelling(pages: Pages, sources: readonly string[] = []): string[] {
  const lines = [...pages].flatMap(([path, page]) =>
    proseLines(page).map((line, index) => ({
      at: `${path}:${index + 1}`,
      text: withoutCode(line).replaceAll(/\]\([^)]*\)|https?:\S+|<[^>]+>/g, ' ; '),
    })),
  )
  const written = timesOf(lines.flatMap(({ text }) => wordsOf(text)))
  // `camelCase` is two words.
  const coded = timesOf(sources.flatMap((text) => wordsOf(text.replaceAll(/([a-z])([A-Z])/g, '$1 $2'))))
  const slips = slipsIn(written, coded)
  return lines.flatMap(({ at, text }) => [
    ...misspeltIn(text).map((problem) => `${at} ${problem}`),
    ...wordsOf(text).flatMap((word) => {
      const near = slips.get(word)
      return near === undefined
        ? []
        : [
            `${at} writes "${word}", which looks like "${near}". If it is meant, name it in \`meant\` in scripts/pages/spelling.ts.`,
          ]
    }),
  ])
}

const wordsOf = (text: string): string[] => [...text.matchAll(/\p{L}+/gu)].map(([word]) => word.toLowerCase())

type Times = ReadonlyMap<string, number>

function timesOf(words: readonly string[]): Times {
  const times = new Map<string, number>()
  for (const word of words) times.set(word, (times.get(word) ?? 0) + 1)
  return times
}

/** Words that stand once on the pages and never in the code, and the known word that each is one letter away from. */
function slipsIn(written: Times, coded: Times): ReadonlyMap<string, string> {
  const long = ([word]: readonly [string, number]) => word.length >= known.letters
  const single = [...written]
    .filter(([word, times]) => times === 1 && !coded.has(word) && !meant.has(word))
    .filter(long)
  const all = [...new Map([...coded, ...written])].filter(long)
  const often = all.filter(([word]) => (written.get(word) ?? 0) + (coded.get(word) ?? 0) >= known.times)
  return new Map(
    single.flatMap(([word]) => {
      const near = often.find(([other]) => isSlip(word, other))
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
  const corrections = { ...misspelt, ...american }
  const wrong = wordsOf(text).filter((word) => Object.hasOwn(corrections, word))
  const twice = [...text.matchAll(/\b(\p{L}{2,})\s+\1\b/giu)].map(([, word = '']) => word.toLowerCase())
  return [
    ...wrong.map((word) => `writes "${word}" for "${corrections[word]}".`),
    ...twice.filter((word) => !doubled.has(word)).map((word) => `says "${word}" twice.`),
  ]
}
