/** A deliberate break of a promise: what is put in place of which text of a file, and the test that must turn red. */
export interface Break {
  /** Number of the promise in docs/reliability.md. */
  readonly promise: number
  readonly says: string
  readonly file: string
  readonly find: string
  readonly put: string
  readonly test: string
}

export const breaks: readonly Break[] = [
  {
    promise: 1,
    says: 'Nothing without our claim is deleted, reset or handed out',
    file: 'src/domain/deletion.ts',
    find: '  return claimDisagreement(fresh.claim, guard)',
    put: '  return undefined',
    test: '__tests__/domain/teardown-plan.test.ts',
  },
  {
    promise: 2,
    says: 'Doubt keeps the branch',
    file: 'src/domain/cleanup-plan.ts',
    find: ": keep(branch, 'unknown', ",
    put: ": remove(branch, 'closed', ",
    test: '__tests__/domain/cleanup-plan.test.ts',
  },
  {
    promise: 3,
    says: 'A pull request is read again right before its branch goes',
    file: 'src/lifecycle/teardown.ts',
    find: "    if (state.value.state === 'open') {",
    put: '    if (false) {',
    test: '__tests__/lifecycle/teardown.test.ts',
  },
  {
    promise: 4,
    says: 'max_deletions refuses the whole plan',
    file: 'src/domain/cleanup-plan.ts',
    find: 'doomed + orphans.length <= policy.maxDeletions',
    put: 'doomed + orphans.length <= Infinity',
    test: '__tests__/domain/cleanup-plan.test.ts',
  },
  {
    promise: 5,
    says: 'A branch whose claim, parent or policy differ is never handed out',
    file: 'src/domain/provision-plan.ts',
    find: 'if (dataPolicy !== undefined && dataPolicy !== request.dataPolicy) {',
    put: 'if (false) {',
    test: '__tests__/domain/provision-plan.test.ts',
  },
  {
    promise: 6,
    says: 'Closed while it was created: the branch goes, not the URL out',
    file: 'src/lifecycle/provision.ts',
    find: "  return state.value.state === 'open'\n",
    put: '  return true\n',
    test: '__tests__/lifecycle/provision.test.ts',
  },
  {
    promise: 7,
    says: 'Secret, environment, branch, in this order',
    file: 'src/lifecycle/teardown.ts',
    find: '  const faults: string[] = []\n',
    put: '  await removeIfStillClosed(ports, order, found)\n  const faults: string[] = []\n',
    test: '__tests__/lifecycle/teardown.test.ts',
  },
  {
    promise: 8,
    says: 'Killed at any moment, the next run converges',
    file: 'src/lifecycle/prepare.ts',
    find: "if (progress.state === 'begun') return",
    put: 'if (false) return',
    test: '__tests__/prove/crash-sweep.test.ts',
  },
  {
    promise: 9,
    says: 'A secret is in no place but the one meant for it',
    file: 'src/secret.ts',
    find: "[form, Buffer.from(form).toString('base64'), ",
    put: '[form, ',
    test: '__tests__/secret.test.ts',
  },
  {
    promise: 10,
    says: 'A credential never leaves its origin',
    file: 'src/http.ts',
    find: "redirect: 'manual'",
    put: "redirect: 'follow'",
    test: '__tests__/http/fetch.test.ts',
  },
  {
    promise: 11,
    says: 'A masked URL is never offered as a job output',
    file: 'src/sinks/sealed.ts',
    find: 'job.hides(',
    put: '((_: string) => false)(',
    test: '__tests__/sinks/sealed.test.ts',
  },
  {
    promise: 12,
    says: 'The policy file on the default branch is the law',
    file: 'src/domain/policy.ts',
    find: 'asked.dataPolicy === undefined || looser ? law.dataPolicy : asked.dataPolicy',
    put: 'asked.dataPolicy ?? law.dataPolicy',
    test: '__tests__/domain/policy.test.ts',
  },
  {
    promise: 13,
    says: 'Masked means verified',
    file: 'src/data/masking/verify-values.ts',
    find: '...(originals > 0 ? [',
    put: '...(originals > Infinity ? [',
    test: '__tests__/data/masking/verify.test.ts',
  },
  {
    promise: 14,
    says: 'Fork and Dependabot pull requests without secrets end green',
    file: 'src/inputs.ts',
    find: "if (untrusted && raw(keyInput(provider)) === '') {",
    put: 'if (false) {',
    test: '__tests__/inputs-defaults.test.ts',
  },
  {
    promise: 15,
    says: 'Every branch kept or deleted has one line that says why',
    file: 'src/lifecycle/sweep.ts',
    find: ".filter((verdict) => verdict.action === 'keep' || refused !== undefined)",
    put: '.filter(() => refused !== undefined)',
    test: '__tests__/sweep/cleanup.test.ts',
  },
  {
    promise: 16,
    says: 'dist is what src builds',
    file: 'src/errors.ts',
    find: "override name = 'InputError'",
    put: "override name = 'OtherError'",
    test: 'scripts/check-dist.ts',
  },
]
