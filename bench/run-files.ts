import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RunFiles {
  readonly path: (name: string) => string
  /** Writes a file and gives its path. */
  readonly write: (name: string, text: string) => string
  readonly remove: () => void
}

/** A folder for what one measurement leaves on disk. */
export function openRunFiles(): RunFiles {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'))
  const path = (name: string) => join(directory, name)
  return {
    path,
    write: (name, text) => {
      writeFileSync(path(name), text)
      return path(name)
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}

export interface Job {
  readonly apiUrl: string
  readonly repository: { readonly id: number; readonly fullName: string }
  readonly event: { readonly name: string; readonly payload: unknown }
  readonly inputs: Readonly<Record<string, string>>
}

/** What a runner gives to the action. */
export function jobEnvironment({ apiUrl, repository, event, inputs }: Job, files: RunFiles): Record<string, string> {
  return {
    PATH: '/usr/bin:/bin',
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: apiUrl,
    GITHUB_EVENT_NAME: event.name,
    GITHUB_EVENT_PATH: files.write('event.json', JSON.stringify(event.payload)),
    GITHUB_REPOSITORY: repository.fullName,
    GITHUB_REPOSITORY_ID: String(repository.id),
    GITHUB_RUN_ID: '1001',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_ACTOR: 'octocat',
    GITHUB_OUTPUT: files.write('output', ''),
    GITHUB_STATE: files.write('state', ''),
    GITHUB_STEP_SUMMARY: files.write('summary', ''),
    GITHUB_ENV: files.write('env', ''),
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  }
}
