import type { Node } from '../../sql/parser.js'
import { nodesIn } from '../lint/expressions.js'
import { wordsOf } from '../lint/names.js'

/** Volatile in name only: they change nothing, take no lock and read nothing outside the session. */
const harmlessFunctions = [
  ...['random', 'random_normal', 'clock_timestamp', 'timeofday', 'gen_random_uuid', 'uuidv4', 'uuidv7'],
  ...['uuid_generate_v1', 'uuid_generate_v4'],
]

/**
 * Why a query is not even planned: the planner evaluates what is steady, and these read whatever table their text names,
 * so that the estimates would tell a pull request about rows of production that its branch must not hold.
 */
export function reasonNotToPlan(node: Node): string | undefined {
  const name = functionsIn(node).find((each) => /_to_xml(schema|_and_xmlschema)?$/.test(each))
  return name === undefined ? undefined : `It calls ${name}(), which reads tables while it is planned.`
}

/** Names of the functions that a query calls, without their schemas. */
export function functionsIn(node: Node): string[] {
  const names = [...nodesIn(node)].flatMap((part) =>
    'FuncCall' in part ? (part.FuncCall.funcname ?? []).flatMap(wordsOf).slice(-1) : [],
  )
  return [...new Set(names)].filter((name) => !harmlessFunctions.includes(name))
}
