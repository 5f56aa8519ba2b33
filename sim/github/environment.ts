/**
 * One deployment environment with its sealed box. GitHub keeps the private half; so does the simulator, which therefore
 * knows the plaintext of every secret that was uploaded.
 */
import sodium from 'libsodium-wrappers'

/** https://docs.github.com/actions/reference/limits: 100 secrets per environment, 48 KB each. */
export const SECRETS_PER_ENVIRONMENT = 100
export const SECRET_BYTES = 48 * 1024

export interface StoredValue {
  name: string
  value: string
  createdAt: Date
  updatedAt: Date
}

export type ProtectionRule =
  | { id: number; type: 'wait_timer'; waitTimer: number }
  | { id: number; type: 'required_reviewers'; preventSelfReview: boolean; reviewers: number[] }
  | { id: number; type: 'branch_policy' }

export interface BranchPolicy {
  protected_branches: boolean
  custom_branch_policies: boolean
}

export interface Environment {
  id: number
  name: string
  protectionRules: ProtectionRule[]
  branchPolicy: BranchPolicy | null
  /** Decrypted. */
  secrets: Map<string, StoredValue>
  variables: Map<string, StoredValue>
  createdAt: Date
  updatedAt: Date
  readonly box: SealedBox
}

export interface SealedBox {
  readonly keyId: string
  /** base64 */
  readonly publicKey: string
  /** The plaintext, or undefined for a text that was not sealed for this box. */
  open(sealed: string): string | undefined
}

/** libsodium is WebAssembly; `sodium.ready` has to have passed. */
function sealedBox(keyId: number): SealedBox {
  const pair = sodium.crypto_box_keypair()
  return {
    keyId: String(keyId),
    publicKey: Buffer.from(pair.publicKey).toString('base64'),
    open: (sealed) => {
      try {
        const opened = sodium.crypto_box_seal_open(Buffer.from(sealed, 'base64'), pair.publicKey, pair.privateKey)
        return Buffer.from(opened).toString('utf8')
      } catch {
        return undefined
      }
    },
  }
}

/** Names of environments ignore case: `PR-7` and `pr-7` are one. */
export function findEnvironment(environments: Map<string, Environment>, name: string): Environment | undefined {
  const wanted = name.toLowerCase()
  return [...environments.values()].find((environment) => environment.name.toLowerCase() === wanted)
}

export interface EnvironmentBirth {
  environments: Map<string, Environment>
  now: () => Date
  nextId: () => number
}

/** An environment appears when it is first named: by PUT, by a deployment, or by a job with `environment:`. */
export function ensureEnvironment(world: EnvironmentBirth, name: string): Environment {
  const known = findEnvironment(world.environments, name)
  if (known !== undefined) return known
  const created: Environment = {
    id: world.nextId(),
    name,
    protectionRules: [],
    branchPolicy: null,
    secrets: new Map(),
    variables: new Map(),
    createdAt: world.now(),
    updatedAt: world.now(),
    box: sealedBox(world.nextId()),
  }
  world.environments.set(name, created)
  return created
}
