import { numberByName, renderTemplate } from '../../domain/names.js'
import type { ForgePorts } from '../../ports.js'
import type { Secret } from '../../secret.js'
import { type GitLabAccess, gitlabClient } from './api.js'
import { changedFiles, gitlabForge, gitlabSweepForge } from './merge-requests.js'
import { reportNotes } from './notes.js'
import { readFile } from './policy-file.js'
import { claimedEnvironments, isClaimed, variableSink } from './variables.js'

export interface GitLabOptions extends GitLabAccess {
  /** Name of the project without its groups. */
  readonly repository: string
  readonly environment: { readonly template: string; readonly secretName: string; readonly token: Secret } | undefined
  /** Whether this job's git branch is protected, and so the jobs that get the URL. */
  readonly protected: boolean
}

/** GitLab, for one project. Each token is only ever used for its own calls. */
export function openGitLab(options: GitLabOptions): ForgePorts {
  const { environment, repository } = options
  const reader = gitlabClient(options)
  const ports = {
    forge: gitlabForge(reader),
    sweepForge: gitlabSweepForge(reader),
    comment: reportNotes(reader),
    changedFiles: (number: number) => changedFiles(reader, number),
    readFile: (file: { path: string; ref?: string }) => readFile(reader, file),
  }
  if (!environment) return { ...ports, sinksFor: () => [], environments: undefined }
  const { template, secretName: secret, token } = environment
  const writer = gitlabClient({ ...options, token })
  const nameFor = (number: number) => renderTemplate(template, { number, repository })
  return {
    ...ports,
    sinksFor: (number) => [
      variableSink(writer, { environment: nameFor(number), secret, protected: options.protected }),
    ],
    environments: {
      list: () => claimedEnvironments(writer, secret, (name) => numberByName(name, template, repository)),
      claimed: ({ name }) => isClaimed(writer, name, secret),
    },
  }
}
