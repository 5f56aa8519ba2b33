import type { Container, Workflow } from './model.js'

interface Problem {
  line: number
  message: string
}

type Rule = (workflow: Workflow, outputs: string[]) => Problem[]

const ownAction = /^(\.\/?$|[\w.-]+\/db-branch-action@)/
const isCheckout = (uses = ''): boolean => uses.startsWith('actions/checkout@')
/** Triggers that run with the repository's secrets although a stranger can set them off. */
const isTrusted = ({ events }: Workflow): boolean =>
  events.includes('pull_request_target') || events.includes('workflow_run')

/** Every place where the whole text matches, comments left out. */
function search({ text, lineAt }: Workflow, { pattern, message }: { pattern: RegExp; message: string }): Problem[] {
  const code = text.replaceAll(/(^|\s)#.*$/gm, (comment) => ' '.repeat(comment.length))
  return [...code.matchAll(pattern)].map((match) => ({ line: lineAt(match.index), message }))
}

const pinnedUses: Rule = ({ jobs, steps, lineOf, sourceLine }) =>
  [
    ...jobs.map(({ job, path }) => ({ uses: job.uses, path })),
    ...steps.map(({ step, path }) => ({ uses: step.uses, path })),
  ]
    .map(({ uses, path }) => ({ uses: uses ?? './', path: [...path, 'uses'] }))
    .filter(({ uses }) => !uses.startsWith('./') && !uses.startsWith('$/') && !ownAction.test(uses))
    .flatMap(({ uses, path }) => {
      const line = lineOf(path)
      if (uses.startsWith('docker://')) {
        return /@sha256:[0-9a-f]{64}$/.test(uses) ? [] : [{ line, message: `"${uses}" is not pinned by its digest.` }]
      }
      if (!/@[0-9a-f]{40}$/.test(uses)) return [{ line, message: `"${uses}" is not pinned by a full commit SHA.` }]
      return /#\s*v\d+\.\d+\.\d+\s*$/.test(sourceLine(path))
        ? []
        : [{ line, message: `"${uses}" has no comment with its version, like "# v1.2.3".` }]
    })

const leastPermissions: Rule = ({ permissions, jobs, lineOf }) => {
  const tooMuch = (value: unknown): boolean => typeof value === 'string'
  const top =
    permissions === undefined
      ? [{ line: lineOf([]), message: 'No top-level "permissions". Start from "permissions: {}".' }]
      : tooMuch(permissions) || Object.values(permissions ?? {}).includes('write')
        ? [
            {
              line: lineOf(['permissions']),
              message: 'Top-level "permissions" grant more than reading. Grant it to the job.',
            },
          ]
        : []
  const perJob = jobs
    .filter(({ job }) => tooMuch(job.permissions))
    .map(({ name, path }) => ({
      line: lineOf([...path, 'permissions']),
      message: `Job "${name}" takes every permission. Name the ones it needs.`,
    }))
  return [...top, ...perJob]
}

const dangerousTriggers: Rule = (workflow) => {
  if (!isTrusted(workflow)) return []
  const head = /pull_request\.head|github\.head_ref|workflow_run\.head|refs\/pull\/|gh pr checkout/
  return workflow.steps
    .filter(({ step }) => head.test(`${isCheckout(step.uses) ? JSON.stringify(step.with ?? {}) : ''}${step.run ?? ''}`))
    .map(({ path }) => ({
      line: workflow.lineOf(path),
      message: `The code of a stranger runs with this repository's secrets. Use the "pull_request" event.`,
    }))
}

const templateInjection: Rule = ({ steps, lineOf }) =>
  steps
    .flatMap(({ step, path }) => [
      { code: step.run, path: [...path, 'run'] },
      { code: step.uses?.startsWith('actions/github-script@') ? step.with?.['script'] : '', path: [...path, 'with'] },
    ])
    .filter(({ code }) => typeof code === 'string' && code.includes('${{'))
    .map(({ path }) => ({ line: lineOf(path), message: 'A script contains "${{ }}". Pass the value through "env".' }))

const persistCredentials: Rule = ({ steps, lineOf }) =>
  steps
    .filter(({ step }) => isCheckout(step.uses) && String(step.with?.['persist-credentials']) !== 'false')
    .map(({ path }) => ({
      line: lineOf(path),
      message: 'The checkout leaves its token behind. Set "persist-credentials: false".',
    }))

const secretsInherit: Rule = ({ jobs, lineOf }) =>
  jobs
    .filter(({ job }) => job.secrets === 'inherit')
    .map(({ path }) => ({
      line: lineOf([...path, 'secrets']),
      message: 'Every secret is handed on. Name the ones it needs.',
    }))

const concurrency: Rule = (workflow) =>
  workflow.concurrency !== undefined
    ? []
    : workflow.jobs
        .filter(({ job }) => job.concurrency === undefined)
        .map(({ name, path }) => ({
          line: workflow.lineOf(path),
          message: `Neither the workflow nor job "${name}" sets "concurrency"; two runs can overlap.`,
        }))

const timeout: Rule = ({ jobs, lineOf }) =>
  jobs
    .filter(({ job }) => job.uses === undefined && job['timeout-minutes'] === undefined)
    .map(({ name, path }) => ({
      line: lineOf(path),
      message: `Job "${name}" has no "timeout-minutes"; it may hang for six hours.`,
    }))

const containers = ({ jobs }: Workflow): { container: Container; path: (string | number)[] }[] =>
  jobs.flatMap(({ job, path }) => [
    ...(job.container === undefined
      ? []
      : [
          {
            container: typeof job.container === 'string' ? { image: job.container } : job.container,
            path: [...path, 'container'],
          },
        ]),
    ...Object.entries(job.services ?? {}).map(([name, container]) => ({
      container,
      path: [...path, 'services', name],
    })),
  ])

const unpinnedImages: Rule = (workflow) =>
  containers(workflow)
    .filter(
      ({ container: { image = '' } }) => !image.startsWith('${{') && !/(@sha256:|:(?!latest$)[\w.-]+$)/.test(image),
    )
    .map(({ container, path }) => ({
      line: workflow.lineOf(path),
      message: `Image "${container.image ?? ''}" has no version.`,
    }))

const containerCredentials: Rule = (workflow) =>
  containers(workflow)
    .filter(({ container }) => /^(?!\$\{\{).+/.test(container.credentials?.['password'] ?? ''))
    .map(({ path }) => ({
      line: workflow.lineOf(path),
      message: 'A registry password stands in the workflow. Use a secret.',
    }))

const githubEnv: Rule = (workflow) =>
  isTrusted(workflow)
    ? workflow.steps
        .filter(({ step }) => /GITHUB_(ENV|PATH)\b/.test(step.run ?? ''))
        .map(({ path }) => ({
          line: workflow.lineOf([...path, 'run']),
          message: 'A stranger could set the environment of later steps. Use step outputs instead of GITHUB_ENV.',
        }))
    : []

const cachePoisoning: Rule = ({ on, events, steps, lineOf }) => {
  const push = (on as { push?: { tags?: unknown } } | undefined)?.push
  if (!events.includes('release') && push?.tags === undefined) return []
  return steps
    .filter(({ step }) => step.uses?.startsWith('actions/cache@') || step.with?.['cache'] !== undefined)
    .map(({ path }) => ({ line: lineOf(path), message: 'A release is built from a cache that other runs can fill.' }))
}

const actionOutputs: Rule = (workflow, outputs) => {
  const own = workflow.steps.filter(({ step }) => step.id !== undefined && ownAction.test(step.uses ?? ''))
  const ids = new Set(own.map(({ step }) => step.id))
  return [...workflow.text.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)]
    .filter(([, id, output = '']) => ids.has(id) && !outputs.includes(output))
    .map((match) => ({ line: workflow.lineAt(match.index), message: `action.yml has no output "${match[2] ?? ''}".` }))
}

const searching =
  (pattern: RegExp, message: string): Rule =>
  (workflow) =>
    search(workflow, { pattern, message })

/** What GitHub's own checker and actionlint do not say; most are named after the zizmor audit they follow. */
export const rules = {
  'unpinned-uses': pinnedUses,
  'excessive-permissions': leastPermissions,
  'dangerous-triggers': dangerousTriggers,
  'template-injection': templateInjection,
  artipacked: persistCredentials,
  'secrets-inherit': secretsInherit,
  'concurrency-limits': concurrency,
  'missing-timeout': timeout,
  'unpinned-images': unpinnedImages,
  'hardcoded-container-credentials': containerCredentials,
  'github-env': githubEnv,
  'cache-poisoning': cachePoisoning,
  'insecure-commands': searching(
    /ACTIONS_ALLOW_UNSECURE_COMMANDS/g,
    'Workflow commands that GitHub switched off are switched on.',
  ),
  'overprovisioned-secrets': searching(
    /toJSON\(\s*secrets\s*\)|\bsecrets\[/gi,
    'All secrets are handed over. Name the ones it needs.',
  ),
  'unredacted-secrets': searching(
    /fromJSON\(\s*secrets\./gi,
    'Parts of a JSON secret are not masked. Store them one by one.',
  ),
  'unsound-contains': searching(
    /\bcontains\(\s*'[^']*'\s*,/g,
    'contains() with a text also matches parts. Compare, or use fromJSON of a list.',
  ),
  'adhoc-packages': searching(
    /\bnpm (install|i) (-g|--global)\b|\bnpx (-y|--yes)\b/g,
    'A package is installed outside the lock file.',
  ),
  'action-outputs': actionOutputs,
} satisfies Record<string, Rule>
