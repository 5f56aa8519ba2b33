import { appendFile } from 'node:fs/promises'
import * as core from '@actions/core'
import type { Job } from '../../ports.js'
import { maskForms, redact, type Secret, shortestMask } from '../../secret.js'

/**
 * The job as the GitHub runner offers it. The runner masks its log and the step summary, but keeps the text of
 * summaries below 1 MiB only: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubJob(summaryFile: string | undefined): Job {
  const masked: Secret[] = []
  const tooShort = new Set<string>()
  const clean = (text: string) => redact(text, masked)
  return {
    mask(secret) {
      if (secret.length === 0 || masked.some((known) => known.reveal() === secret.reveal())) return
      if (secret.length < shortestMask) {
        if (tooShort.has(secret.reveal())) return
        tooShort.add(secret.reveal())
        core.warning(
          `A secret has fewer than ${shortestMask} characters and cannot be masked without blanking ordinary words; use a longer one.`,
        )
        return
      }
      for (const form of maskForms(secret)) core.setSecret(form)
      masked.push(secret)
    },
    secrets: () => masked,
    info: (line) => core.info(withoutCommands(clean(line))),
    debug: (line) => core.debug(clean(line)),
    notice: (message) => core.notice(clean(message)),
    warning: (message, place) =>
      place
        ? core.warning(clean(message), { file: place.file, startLine: place.line, title: clean(place.title) })
        : core.warning(clean(message)),
    error: (message) => core.error(clean(message)),
    group: (title, body) => core.group(clean(title), body),
    output: (name, value) => core.setOutput(name, value),
    exportVariable: (name, value) => core.exportVariable(name, value),
    hides: (text) => clean(text) !== text,
    saveState: (name, value) => core.saveState(name, value),
    async summary(markdown) {
      if (summaryFile) await appendFile(summaryFile, clean(markdown))
    },
  }
}

/**
 * Text that the runner cannot take for a command: `::` opens one at the start of a line, `##[` anywhere. The other
 * writers above are commands themselves, whose text the toolkit escapes.
 * Source: actions/runner `src/Runner.Common/ActionCommand.cs`.
 */
function withoutCommands(text: string): string {
  return text.replace(/^(\s*)::/gm, '$1:\u200B:').replaceAll('##[', '##\u200B[')
}
