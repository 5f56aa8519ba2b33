/** What started the run, reduced to the facts that decisions need. */
export interface Trigger {
  /** As the forge names it, such as `pull_request`. */
  readonly event: string
  /** The activity, in GitHub's words, such as `opened`; empty when there is none. */
  readonly action: string
  /** What mode `auto` comes to here; undefined where that is not clear. */
  readonly auto: 'create' | 'delete' | undefined
  /** `id` tells repositories apart wherever they are, and stands in the claims; `owner` holds the groups above it. */
  readonly repository: { readonly id: number; readonly owner: string; readonly name: string }
  readonly pullRequest:
    { readonly number: number; readonly untrusted: 'fork' | 'dependabot' | undefined; readonly head?: Head } | undefined
  /**
   * Whose code the run is about, where that is not, or not for sure, this repository's own; also on events that name no
   * pull request.
   */
  readonly foreign?: 'fork' | 'dependabot' | 'unknown' | undefined
  /** Commit that the pull request is tested at, and in which its own version of a file stands. Undefined on every other event. */
  readonly mergeCommit?: string
  /** `<run id>.<attempt>` */
  readonly run: string
  readonly forge: ForgeWords
}

/** What a pull request would bring in: a git branch of this very repository. Of forks nothing is said. */
export interface Head {
  readonly commit: string
  readonly gitBranch: string
}

/** What a forge calls the things that inputs are about. */
export interface ForgeWords {
  /** For sentences: `GitHub`. */
  readonly name: string
  /** The input that holds its token; empty where none is needed. */
  readonly tokenInput: string
  /** What to do where that token is missing. */
  readonly tokenAdvice: string
  /** The events from which `auto` knows what to do, as part of a sentence. */
  readonly autoKnows: string
  /** The folder of the default branch that the policy file stands below. */
  readonly policyFolder: string
  /** Why `environment` needs a token of its own, and which; undefined where the forge's token may do. */
  readonly environmentTokenAdvice: string | undefined
  /** No secret's name may begin so, in any case of letters. */
  readonly reservedPrefix: string
  /** Inputs that mean nothing here, and why. */
  readonly lacks: Readonly<Record<string, string>>
}
