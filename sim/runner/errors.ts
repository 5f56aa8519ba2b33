/** What a run cannot go on with. */

/** A key or value of GitHub's language that this runner does not carry out. It is never ignored. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError'
  readonly key: string
  constructor(key: string) {
    super(`This runner does not implement ${key}`)
    this.key = key
  }
}

/** A workflow or action file that GitHub would refuse. */
export class WorkflowFileError extends Error {
  override readonly name = 'WorkflowFileError'
}
