/** The only places that a secret is meant for. Whatever is not in these tables is searched. */

/** Inputs of the action whose text is a secret. */
export const secretInputs = [
  'admin_url',
  'api_key',
  'masking_key',
  'environment_token',
  'seal_key',
  'vercel_token',
  'github_token',
  'gitlab_token',
]

/** Outputs of the action that hold one: later steps of the same job read them there; the runner masks them in the log. */
export const secretOutputs = ['connection_string', 'pooled_connection_string', 'password']

/** Request headers that credentials belong in. */
export const credentialHeaders = ['authorization', 'private-token', 'verification-token', 'x-api-key', 'job-token']

interface DeclaredField {
  /** `METHOD /path`. */
  readonly request: RegExp
  /** Dotted path in the JSON body. */
  readonly field: RegExp
  readonly reason: string
}

/** Fields of request bodies that a secret belongs in. An environment secret is not among them: its body is sealed. */
export const declaredFields: readonly DeclaredField[] = [
  {
    request: /^(POST|PATCH) \/v\d+\/projects\/[^/]+\/env(\/[^/]+)?$/,
    field: /^value$/,
    reason: 'the variable of a preview on Vercel holds the URL',
  },
  {
    request: /^(POST|PUT) \/api\/v4\/projects\/\d+\/variables(\/[^/]+)?$/,
    field: /^value$/,
    reason: 'the CI/CD variable of an environment on GitLab holds the URL',
  },
  { request: /^POST \/(api\/)?clone$/, field: /^db\.password$/, reason: 'DBLab is told the password of a clone' },
  {
    request: /^PATCH \/v1\/projects\/[^/]+\/database\/password$/,
    field: /^password$/,
    reason: 'Supabase is told a new password',
  },
]

/** Fields of answers and of the declared requests that hold a secret which nobody else knows yet. */
export const secretFields = /^(password|db_pass|jwt_secret|plain_text|connection_?(string|uri)|connStr)$/i
