import { isNode, LineCounter, parseDocument, visit } from '../yaml.js'
import type { Path } from '../domain/masking/rules-reader.js'
import type { MaskingRules } from '../domain/masking/rules.js'
import { parsePolicy } from '../domain/parse-policy.js'
import type { PolicyFile } from '../domain/policy.js'
import { type Fault, InputError } from '../errors.js'
import { yamlFault } from './yaml-fault.js'

/** Longest policy file, in characters. */
const longestFile = 1024 * 1024

/** How many problems are told at once. */
const mostProblems = 20

/**
 * Reads a policy file. All problems are told together, each with its line.
 * @throws InputError when there is any: a rule that is half understood would leave something in clear.
 */
export function readPolicyFile(name: string, text: string): PolicyFile {
  if (text.length > longestFile)
    throw new InputError(`The policy file ${name} is longer than ${longestFile} characters.`)
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    uniqueKeys: true,
    merge: false,
    logLevel: 'error',
  })
  const [broken] = [...document.errors, ...document.warnings]
  if (broken) {
    const detail = yamlFault(broken)
    const [at] = broken.linePos ?? []
    throw new InputError(`The policy file ${name} cannot be read: ${detail}`, {
      faults: at && [{ file: name, line: at.line, column: at.col, detail }],
    })
  }
  const lineOf = (path: Path): number => {
    for (let depth = path.length; depth >= 0; depth--) {
      const node: unknown = document.getIn(path.slice(0, depth), true)
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
  let aliased = false
  visit(document, {
    Alias() {
      aliased = true
      return visit.BREAK
    },
  })
  if (aliased)
    throw new InputError(`The policy file ${name} uses an alias (*name), which is not followed. Write the value out.`)
  const { file, problems } = parsePolicy(document.toJS(), (path) => `line ${lineOf(path)}`)
  if (problems.length === 0)
    return withPlaces(file, (parent) => ({ file: name, line: lineOf(['parents', parent, 'masking']) }))
  const more = problems.length > mostProblems ? ` And ${problems.length - mostProblems} more.` : ''
  // What stands in the file is quoted, and may hold anything.
  const told = problems.slice(0, mostProblems).map((problem) => problem.replaceAll(/\p{C}/gu, '\uFFFD'))
  throw new InputError(`The policy file ${name} is not right. ${told.join(' ')}${more}`, {
    faults: told.flatMap((problem) => faultIn(name, problem)),
  })
}

/** What the rules of a parent lack is known only when they meet its tables; the place lets that be told on its line. */
function withPlaces(file: PolicyFile, placeOf: (parent: string) => MaskingRules['place'] & object): PolicyFile {
  const parents = [...file.parents].map(
    ([parent, { masking, ...policy }]) =>
      [parent, { ...policy, masking: masking && { ...masking, place: placeOf(parent) } }] as const,
  )
  return { ...file, parents: new Map(parents) }
}

/** A problem begins with its place, as `lineOf` writes it. */
function faultIn(file: string, problem: string): Fault[] {
  const [, line, detail = ''] = /^line (\d+): (.*)$/s.exec(problem) ?? []
  return line === undefined ? [] : [{ file, line: Number(line), detail }]
}
