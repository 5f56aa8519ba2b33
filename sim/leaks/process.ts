/** Searches what one process of ours left behind, where no runner stands in between. */
import { secretInputs, secretOutputs } from './declared.js'
import { leaksIn, refuse, type Searched } from './oracle.js'
import { plant } from './secrets.js'
import { freshTrafficLeaks } from './traffic.js'

export interface ProcessRecord {
  readonly inputs: Readonly<Record<string, string>>
  readonly outputs: Readonly<Record<string, string>>
  /** Standard output and error as they came. */
  readonly texts: readonly Searched[]
}

/** @throws LeakError */
export function refuseProcessLeaks({ inputs, outputs, texts }: ProcessRecord): void {
  for (const name of secretInputs) plant(`input ${name}`, inputs[name] ?? '')
  for (const name of secretOutputs) plant(`output ${name}`, outputs[name] ?? '')
  const others = Object.entries(outputs).filter(([name]) => !secretOutputs.includes(name))
  const given = others.map(([name, text]) => ({ sink: 'output', where: name, text }))
  refuse([...leaksIn([...texts.map(withoutMasks), ...given]), ...freshTrafficLeaks()])
}

/** A mask command is the one line that is meant to hold a secret. */
function withoutMasks({ sink, where, text }: Searched): Searched {
  const lines = text.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  return { sink, where, text: lines.join('\n') }
}
