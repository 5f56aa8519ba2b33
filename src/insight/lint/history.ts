import type { TableFacts } from './facts.js'
import { type Name, keyOf } from './names.js'

/** What a rule may know of the table a statement names. */
export interface Table {
  readonly name: Name
  /** Made by this migration: nobody reads or writes it yet. */
  readonly made: boolean
  readonly facts?: TableFacts
}

/** A constraint this migration added without looking at the rows. */
export interface Unproven {
  /** The transaction that added it, and holds its lock; undefined if it was its own. */
  readonly transaction: number | undefined
  /** The column it proves to be never NULL. */
  readonly neverNull?: string
}

/** What the whole migration makes, by `keyOf`, whatever the place in it. */
export interface Ahead {
  /** Views, functions and types. */
  readonly made: ReadonlySet<string>
  /** Tables that get a policy. */
  readonly policies: ReadonlySet<string>
}

/** What the migration did up to the statement at hand. */
export class History {
  /** Number of the transaction the statement is in; undefined if it is one by itself. */
  transaction: number | undefined
  lockTimeout = false
  private readonly made = new Set<string>()
  private readonly unproven = new Map<string, Unproven>()
  private readonly neverNull = new Set<string>()
  private readonly checked = new Set<string>()

  private readonly facts: readonly TableFacts[]
  private readonly ahead: Ahead

  constructor(facts: readonly TableFacts[], ahead: Ahead) {
    this.facts = facts
    this.ahead = ahead
  }

  /** A later statement makes a view, function or type of that name: what was dropped or renamed has a stand-in. */
  isRemade(name: Name): boolean {
    return this.ahead.made.has(keyOf(name))
  }

  hasPolicy(table: Table): boolean {
    return (table.facts?.policies ?? 0) > 0 || this.ahead.policies.has(keyOf(table.name))
  }

  make(name: Name): void {
    this.made.add(keyOf(name))
  }

  rename(from: Name, to: string): void {
    if (this.isMade(from)) this.make({ ...from, name: to })
  }

  /** Of a table, view, index, type or schema. What stood before is not made by IF NOT EXISTS. */
  isMade(name: Name): boolean {
    const stood = this.facts.some((table) => keyOf(table) === keyOf(name))
    return this.made.has(keyOf(name)) && !stood
  }

  table(name: Name): Table {
    const facts = this.factsOf(name)
    return { name, made: this.isMade(name), ...(facts && { facts }) }
  }

  addUnproven(table: Name, constraint: string, unproven: Unproven): void {
    this.unproven.set(keyOf(table) + constraint, unproven)
  }

  /** Marks the constraint as proven. @returns how it was added, if this migration did. */
  validate(table: Name, constraint: string): Unproven | undefined {
    const added = this.unproven.get(keyOf(table) + constraint)
    this.proveCheck(table, added?.neverNull)
    return added
  }

  proveCheck(table: Name, neverNull?: string): void {
    this.checked.add(keyOf(table))
    if (neverNull !== undefined) this.neverNull.add(keyOf(table) + neverNull)
  }

  isChecked(table: Table): boolean {
    return this.checked.has(keyOf(table.name)) || table.facts?.validCheck === true
  }

  /** Known to hold no NULL: by a constraint of its own or by a CHECK that every row was tested against. */
  isNeverNull(table: Table, column: string): boolean {
    const facts = table.facts?.columns.find(({ name }) => name === column)
    return facts?.notNull === true || facts?.neverNull === true || this.neverNull.has(keyOf(table.name) + column)
  }

  /** A name without a schema is `public`'s, or the only table that is called so. */
  private factsOf({ schema, name }: Name): TableFacts | undefined {
    const named = this.facts.filter((table) => table.name === name)
    const exact = named.find((table) => table.schema === (schema ?? 'public'))
    return exact ?? (schema === undefined && named.length === 1 ? named[0] : undefined)
  }
}
