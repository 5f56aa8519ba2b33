import { appendFile } from 'node:fs/promises'
import * as core from '@actions/core'
import type { FilePlace, Job } from '../../ports.js'
import { LogGroups } from '../../ports/log-groups.js'
import { maskForms, redact, type Secret, shortestMask } from '../../secret.js'

/**
 * The job as the GitHub runner offers it. The runner masks its log and the step summary, but keeps the text of
 * summaries below 1 MiB only: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function githubJob(summaryFile: string | undefined): Job {
  const masked: Secret[] = []
  const tooShort = new Set<string>()
  const clean = (text: string) => redact(text, masked)
  const print = (line: string) => core.info(withoutCommands(clean(line)))
  const groups = new LogGroups({
    open: (title) => core.startGroup(clean(title)),
    close: () => core.endGroup(),
    line: print,
  })
  return {
    mask(secret) {
      if (secret.length === 0 || masked.some((known) => known.reveal() === secret.reveal())) return
      if (secret.length < shortestMask) {
        if (tooShort.has(secret.reveal())) return
        tooShort.add(secret.reveal())
        groups.outside()
        core.warning(
          `A secret has fewer than ${shortestMask} characters and cannot be masked without blanking ordinary words; use a longer one.`,
        )
        return
      }
      for (const form of maskForms(secret)) core.setSecret(form)
      masked.push(secret)
    },
    secrets: () => masked,
    info(line) {
      groups.inside()
      print(line)
    },
    debug: (line) => core.debug(clean(line)),
    notice(message) {
      groups.outside()
      core.notice(clean(message))
    },
    warning(message, place) {
      groups.outside()
      core.warning(clean(message), place && annotation({ ...place, title: clean(place.title) }))
    },
    error(message, place) {
      groups.outside()
      core.error(clean(message), place && annotation({ ...place, title: clean(place.title) }))
    },
    group: (title, body) => groups.run(title, body),
    progress: (what) => groups.at(what),
    output: (name, value) => core.setOutput(name, value),
    exportVariable: (name, value) => core.exportVariable(name, value),
    hides: (text) => clean(text) !== text,
    saveState: (name, value) => core.saveState(name, value),
    async summary(markdown) {
      if (summaryFile) await appendFile(summaryFile, clean(markdown))
    },
  }
}

function annotation({ file, line, column, title }: FilePlace): core.AnnotationProperties {
  return { file, startLine: line, ...(column !== undefined && { startColumn: column }), title }
}

/**
 * Text that the runner cannot take for a command: `::` opens one at the start of a line, `##[` anywhere. The other
 * writers above are commands themselves, whose text the toolkit escapes.
 * Source: actions/runner `src/Runner.Common/ActionCommand.cs`.
 */
function withoutCommands(text: string): string {
  return text.replace(/^(\s*)::/gm, '$1:\u200B:').replaceAll('##[', '##\u200B[')
}
