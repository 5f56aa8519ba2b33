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

/** One sentence per misspelt or doubled word. */
export function spelling(pages: Pages): string[] {
  return [...pages].flatMap(([path, page]) =>
    proseLines(page).flatMap((line, index) => {
      const text = withoutCode(line).replaceAll(/\]\([^)]*\)|https?:\S+|<[^>]+>/g, ' ; ')
      return misspeltIn(text).map((problem) => `${path}:${index + 1} ${problem}`)
    }),
  )
}

function misspeltIn(text: string): string[] {
  const words = [...text.matchAll(/\p{L}+/gu)].map(([word]) => word.toLowerCase())
  const wrong = words.filter((word) => Object.hasOwn(misspelt, word))
  const twice = [...text.matchAll(/\b(\p{L}{2,})\s+\1\b/giu)].map(([, word = '']) => word.toLowerCase())
  return [
    ...wrong.map((word) => `writes "${word}" for "${misspelt[word]}".`),
    ...twice.filter((word) => !doubled.has(word)).map((word) => `says "${word}" twice.`),
  ]
}
