import type { DataPolicy } from '../domain/data-policy.js'
import { describeGolden, type Golden, goldenFault, readGolden } from '../domain/golden.js'
import type { MaskingRules } from '../domain/masking/rules.js'
import { type Asked } from '../domain/policy.js'
import { RefusedError } from '../errors.js'
import { markOf } from './masking-mark.js'
import type { Ports } from './ports.js'

/** What a branch is to be made from, and what the workflow asks for. */
export interface Asking extends Asked {
  readonly repository: number
  /** In whole days; undefined: a golden parent of any age will do. */
  readonly maxGoldenAge: number | undefined
  readonly pointInTime: string | undefined
}

/** On what terms a branch may be made. */
export interface Terms {
  readonly dataPolicy: DataPolicy
  readonly approval?: string
  /** By which its rows are to be masked; absent where they are masked already. */
  readonly masking?: MaskingRules
  /** The golden parent that it is made from. */
  readonly golden?: Golden
  /** Why none may be made now, though one that is there may be reused. */
  readonly fault?: string
  /** Where the law overrules the workflow. */
  readonly warnings: readonly string[]
  readonly notes: readonly string[]
}

type TermPorts = Pick<Ports, 'provider' | 'law' | 'sealMasking' | 'clock'>

/** The law of the parent, or of the source of a golden parent: its rows are those of the source, however it is called. */
export async function termsOf(ports: TermPorts, asking: Asking): Promise<Terms> {
  const reading = await readParent(ports, asking)
  if (reading === undefined || 'fault' in reading) {
    const { notes: warnings, ...allowed } = await ports.law(asking)
    const fault = reading?.fault ?? noGolden(asking)
    return { ...allowed, warnings, notes: [], ...(fault !== undefined && { fault }) }
  }
  return termsOfGolden(ports, asking, reading.golden)
}

/** A parent that gives no rows need not be looked at, unless its age counts. */
async function readParent(
  { provider }: TermPorts,
  { repository, parent, dataPolicy, maxGoldenAge }: Asking,
): Promise<ReturnType<typeof readGolden>> {
  if (!provider.capabilities.golden || (dataPolicy === 'schema_only' && maxGoldenAge === undefined)) return undefined
  return readGolden(await provider.find(parent), repository)
}

/** An age limit that nothing is held against would be one in name only. */
function noGolden({ parent, maxGoldenAge }: Asking): string | undefined {
  if (maxGoldenAge === undefined) return undefined
  return `"max_golden_age" is set, and "${parent}" is no golden parent; name one in "parent_branch", or leave the limit out`
}

async function termsOfGolden(ports: TermPorts, asking: Asking, golden: Golden): Promise<Terms> {
  const ofSource = { ...asking, parent: golden.source }
  const asked = await ports.law(ofSource)
  const rowless = asked.dataPolicy === 'schema_only'
  // Whatever is asked or allowed, a golden parent gives masked rows or none.
  const { masking } = asked.dataPolicy === 'copy' ? await ports.law({ ...ofSource, dataPolicy: 'masked' }) : asked
  const now = ports.clock.now()
  const rules = rowless ? undefined : await markOfRules(ports, masking, golden)
  const { maxGoldenAge: maxAge, pointInTime } = asking
  const fault = goldenFault(golden, { rules, maxAge, pointInTime, now })
  const overruled = `"${golden.name}" is a golden parent: its rows are masked, so the branch counts as "masked", not as "copy".`
  return {
    dataPolicy: rowless ? 'schema_only' : 'masked',
    golden,
    ...(fault !== undefined && { fault }),
    warnings: asked.dataPolicy === 'copy' ? [...asked.notes, overruled] : asked.notes,
    notes: [describeGolden(golden, now)],
  }
}

async function markOfRules(
  { sealMasking }: TermPorts,
  masking: MaskingRules | undefined,
  { name, source }: Golden,
): Promise<string> {
  if (masking) return markOf(await sealMasking(masking)).rules
  throw new RefusedError(
    `Making a branch of "${name}" refused: the masking rules for "${source}" are unknown, so nobody can tell whether it obeys them.`,
  )
}
