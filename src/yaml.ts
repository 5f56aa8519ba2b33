// One place that imports the parser, so that the bundle takes in what is used of it: scripts/shake-lib.ts.
export { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml'
export type { Node, Pair, YAMLError } from 'yaml'
