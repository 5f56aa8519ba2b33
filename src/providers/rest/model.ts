import type { Capabilities } from '../../domain/capabilities.js'
import type { Method } from '../../http/api.js'
import type { Json } from './document.js'

/** A platform as `rest_config` describes it, checked. docs/rest.md tells what each key means. */
export interface Description {
  readonly platform: string
  /** Without a slash at the end. */
  readonly address: string
  readonly engine: Capabilities['engine']
  readonly auth: { readonly header: string; readonly value: string; readonly where: string } | undefined
  readonly locked: readonly number[]
  readonly branch: BranchFields
  readonly list: Listing
  readonly find: Finding | Listing | undefined
  readonly create: Creation
  readonly ready: Readiness | undefined
  readonly connection: Reading | undefined
  readonly reset: { readonly request: RequestTemplate; readonly done: readonly Meaning[] } | undefined
  readonly delete: Deletion
}

/** Where the facts of a branch stand, seen from the branch. */
export interface BranchFields {
  readonly name: Pointer
  readonly id: Pointer | undefined
  readonly createdAt: Pointer | undefined
  readonly parent: Pointer | undefined
  readonly claim: Pointer | undefined
  readonly protected: readonly Protection[]
}

export interface Listing {
  readonly request: RequestTemplate
  readonly items: Pointer
  readonly paging: Paging
}

export type Paging =
  | { readonly kind: 'none' | 'link' }
  | { readonly kind: 'page'; readonly parameter: string; readonly first: number; readonly more: Pointer | undefined }
  | { readonly kind: 'cursor'; readonly parameter: string; readonly next: Pointer }
  | { readonly kind: 'next_url'; readonly next: Pointer }

/** One branch, asked for by its name. */
export interface Finding {
  readonly request: RequestTemplate
  readonly branch: Pointer
  readonly absent: readonly Meaning[]
}

export interface Creation {
  readonly request: RequestTemplate
  readonly created: readonly Meaning[]
  readonly exists: readonly Meaning[]
  /** The quota is reached. */
  readonly full: readonly Meaning[]
  readonly branch: Pointer | undefined
  readonly url: Pointer | undefined
  readonly data: 'schema_only' | 'copy'
  /** What we do over the branch's URL: empty or mask a copy, or copy the migration ledgers into an empty one. */
  readonly sql: ReadonlySet<SqlWork>
}

export const sqlWorks = ['empty', 'mask', 'ledgers'] as const
type SqlWork = (typeof sqlWorks)[number]

export interface Readiness {
  /** Undefined: the branch itself tells. */
  readonly request: RequestTemplate | undefined
  readonly at: Pointer
  readonly in: readonly Scalar[]
  readonly failed: readonly Scalar[]
  /** Seconds between two looks of a long wait; `waitFor` begins with shorter ones. */
  readonly every: number
  /** Seconds. */
  readonly timeout: number
}

export interface Reading {
  /** Undefined: the branch itself tells. */
  readonly request: RequestTemplate | undefined
  readonly url: Pointer
  readonly pooledUrl: Pointer | undefined
}

export interface Deletion {
  readonly request: RequestTemplate
  readonly deleted: readonly Meaning[]
  /** The branch goes later. */
  readonly deleting: readonly Meaning[]
  readonly absent: readonly Meaning[]
}

export type Scalar = string | number | boolean | null

/** The parts of a JSON pointer (RFC 6901); none: the whole. */
export type Pointer = readonly string[]

/** An answer that means something: its status alone, or with a field that tells it from others of that status. */
export interface Meaning {
  readonly status: number
  readonly at?: Pointer
  readonly in?: readonly Scalar[]
}

/** A field whose value tells that a branch must stay. */
export interface Protection {
  readonly at: Pointer
  readonly values: readonly Scalar[]
  /** Whether having one of the values protects, or having none of them. */
  readonly protects: 'in' | 'not_in'
  readonly because: string
}

/** The account: known before the first request. */
export const accountPlaceholders = ['organization', 'project', 'database', 'role', 'region', 'repository'] as const
/** A branch that exists. */
export const branchPlaceholders = ['name', 'id'] as const
/** A branch that is to be made, and what it is made from. */
export const orderPlaceholders = ['name', 'parent', 'parent_id', 'pull_request', 'claim', 'data_policy'] as const

export type Placeholder = (typeof accountPlaceholders | typeof branchPlaceholders | typeof orderPlaceholders)[number]

export interface RequestTemplate {
  readonly method: Method
  readonly path: string
  readonly query: Readonly<Record<string, string | number | boolean>>
  /** Undefined: the request has no body. */
  readonly body: Json | undefined
  /** Every placeholder in it. */
  readonly uses: ReadonlySet<Placeholder>
  /** Where it stands in the description, for sentences. */
  readonly where: string
}
