/**
 * Masking rules: what becomes of the values of each column. Written by people, read by `parse-rules.ts` or translated
 * by `import-rules.ts`, applied by `plan.ts`.
 */

export interface MaskingRules {
  readonly tables: readonly TableRules[]
  /** By column name; the first that fits wins. */
  readonly columns: readonly PatternRule[]
  /** By type name; the first that fits wins. */
  readonly types: readonly PatternRule[]
  readonly harmless: readonly HarmlessRule[]
  /** Tables that the branch gets without a row; `*` stands for any characters. */
  readonly leaveOut: readonly string[]
  /** References that no foreign key declares: all columns of a link are masked alike. */
  readonly links: readonly (readonly Reference[])[]
  /** Large objects have no columns to rule over: without a rule they are refused. */
  readonly largeObjects: 'refuse' | 'remove'
  /** Why texts in functions, comments and defaults may look like personal data. */
  readonly definitions: Keep | undefined
  readonly kAnonymity: readonly QuasiIdentifiers[]
  /** Tables of which only a share of the rows comes along; none: all rows of all tables do. */
  readonly sample: readonly SampleRule[]
  /** Security labels of PostgreSQL Anonymizer count where no rule here fits. */
  readonly securityLabels: boolean
  /** Where they begin; absent for rules that stand in no file. */
  readonly place?: { readonly file: string; readonly line: number }
}

export interface TableRules {
  /** `table` or `schema.table`. */
  readonly table: string
  readonly columns: ReadonlyMap<string, ColumnRule>
  readonly place: string
}

/** `pattern`: `*` stands for any characters; case does not matter. */
export interface PatternRule {
  readonly pattern: string
  readonly rule: ColumnRule
}

export type ColumnRule = Mask | Keep

export interface Keep {
  readonly kind: 'keep'
  readonly because: string
  readonly place: string
}

export type ParameterValue = string | number | boolean

export interface Mask {
  readonly kind: 'mask'
  readonly transformer: string
  readonly parameters: Readonly<Record<string, ParameterValue>>
  /** Which spellings count as one value. Without it: as the column's own equality has it. */
  readonly normalise: Normalisation | undefined
  /** Columns that share a group and a transformer map alike; default the transformer's name. */
  readonly group: string | undefined
  readonly allowUniquenessLoss: boolean
  /** Of the transformer `json`. */
  readonly paths: readonly JsonPathRule[]
  readonly rest: 'redact' | Keep
  readonly place: string
}

export const normalisations = ['none', 'lower', 'trim', 'lower_trim'] as const
export type Normalisation = (typeof normalisations)[number]

export interface JsonPathRule {
  /** Keys from the outside in; `*` is every element of an array. */
  readonly path: readonly string[]
  readonly mask: Mask
}

/** A statement that columns hold no personal data. The detectors still look at them. */
export interface HarmlessRule {
  readonly tables: readonly string[]
  readonly columns: readonly string[]
  readonly types: readonly string[]
  readonly because: string
}

export interface Reference {
  readonly table: string
  readonly column: string
  /** Inside a JSON column. */
  readonly path: readonly string[] | undefined
  readonly place: string
}

export interface QuasiIdentifiers {
  readonly table: string
  readonly columns: readonly string[]
  /** Smallest group that is let through. */
  readonly k: number
  readonly place: string
}

/** A share of one table, or of those that `sample-roots.ts` finds where no table is named. */
export interface SampleRule {
  readonly table: string | undefined
  /** Above 0, at most 1. */
  readonly share: number
  readonly place: string
}

export const noRules: MaskingRules = {
  tables: [],
  columns: [],
  types: [],
  harmless: [],
  leaveOut: [],
  links: [],
  largeObjects: 'refuse',
  definitions: undefined,
  kAnonymity: [],
  sample: [],
  securityLabels: false,
}

/** Whether a pattern with `*` covers the whole name. Case does not matter. */
export function covers(pattern: string, name: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')
  return new RegExp(`^${expression}$`, 'isu').test(name)
}

/** A table pattern without a schema fits a table of that name in every schema. */
export function coversTable(pattern: string, table: { readonly schema: string; readonly name: string }): boolean {
  return pattern === table.name || covers(pattern, pattern.includes('.') ? `${table.schema}.${table.name}` : table.name)
}

/** A mask with nothing said but its transformer. */
export function plainMask(transformer: string, place: string, change: Partial<Mask> = {}): Mask {
  return {
    kind: 'mask',
    transformer,
    parameters: {},
    normalise: undefined,
    group: undefined,
    allowUniquenessLoss: false,
    paths: [],
    rest: 'redact',
    place,
    ...change,
  }
}
