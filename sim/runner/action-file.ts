/** Finds the action behind `uses:` and reads its action.yml (`ActionManifestManager.cs`). */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse as parseYaml } from 'yaml'
import { UnsupportedError, WorkflowFileError } from './errors.js'
import { allowOnly, mapping } from './workflow-file.js'

export interface Action {
  readonly directory: string
  readonly local: boolean
  /** Name to default, as written: expressions are evaluated when a step starts. */
  readonly inputs: ReadonlyMap<string, { readonly default: unknown; readonly deprecation: string | undefined }>
  readonly main: string
  readonly post: string | undefined
  readonly postIf: string
  readonly hasPre: boolean
}

const TOP_KEYS = ['name', 'author', 'description', 'branding', 'inputs', 'outputs', 'runs']
const RUNS_KEYS = ['using', 'main', 'pre', 'pre-if', 'post', 'post-if']
const INPUT_KEYS = ['description', 'required', 'default', 'deprecationMessage', 'type']

/** The directory that a reference is mapped to. Any remote action that is not mapped is refused. */
export function directoryOf(uses: string, actions: Readonly<Record<string, string>>): string {
  const prefix = Object.keys(actions)
    .filter((candidate) => uses.startsWith(candidate))
    .sort((a, b) => b.length - a.length)[0]
  const directory = prefix === undefined ? undefined : actions[prefix]
  if (prefix === undefined || directory === undefined) throw new UnsupportedError(`the action '${uses}'`)
  return resolve(
    directory,
    prefix.endsWith('@') ? '.' : uses.slice(prefix.length).replace(/@.*$/, '').replace(/^\/+/, ''),
  )
}

export function readAction(uses: string, directory: string): Action {
  const path = [join(directory, 'action.yml'), join(directory, 'action.yaml')].find((file) => existsSync(file))
  if (path === undefined) throw new WorkflowFileError(`Can't find 'action.yml' or 'action.yaml' under '${directory}'`)
  const raw = mapping(parseYaml(readFileSync(path, 'utf8')), path)
  allowOnly(raw, TOP_KEYS, path)
  const runs = mapping(raw['runs'], `runs of ${path}`)
  if (runs['using'] !== 'node24') throw new UnsupportedError(`'using: ${String(runs['using'])}' in ${path}`)
  allowOnly(runs, RUNS_KEYS, `runs of ${path}`)
  if (typeof runs['main'] !== 'string') {
    throw new WorkflowFileError(
      `You are using a JavaScript Action but there is not an entry JavaScript file provided in ${path}.`,
    )
  }
  const local = uses.startsWith('./')
  if (runs['pre'] !== undefined && !local) throw new UnsupportedError(`'pre' in runs of ${path}`)
  return {
    directory,
    local,
    inputs: inputsOf(raw['inputs'], path),
    main: runs['main'],
    post: typeof runs['post'] === 'string' ? runs['post'] : undefined,
    postIf: typeof runs['post-if'] === 'string' ? runs['post-if'] : 'always()',
    hasPre: runs['pre'] !== undefined,
  }
}

/** `ConvertInputs` 521-552: an input without a default has the empty one; `required` is not looked at. */
function inputsOf(value: unknown, path: string): Action['inputs'] {
  return new Map(
    Object.entries(mapping(value, `inputs of ${path}`)).map(([name, definition]) => {
      const raw = mapping(definition, `inputs.${name}`)
      allowOnly(raw, INPUT_KEYS, `inputs.${name} of ${path}`)
      const message = raw['deprecationMessage']
      return [name, { default: raw['default'] ?? '', deprecation: typeof message === 'string' ? message : undefined }]
    }),
  )
}
