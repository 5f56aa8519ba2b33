/**
 * Figures that can be compared: each row is measured against its own baseline in turns (A B A B …) in this one run, so
 * that the machine's mood is in both. The medians and the ratio count, not single times.
 */
import { cpus, totalmem } from 'node:os'
import { branchCreation, largeBranch } from './branch-creation.js'
import { masking } from './masking.js'
import { startToFirstRequest } from './start.js'
import { sweepGrowth } from './sweep.js'
import { type Comparison, report } from './table.js'

console.log(
  `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB\n`,
)
const rows: Comparison[] = [await startToFirstRequest(), ...(await branchCreation()), await largeBranch()]
console.log(report(rows))
console.log(`\n${await sweepGrowth()}`)
console.log(`\n${await masking()}`)
