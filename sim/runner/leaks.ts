/** Searches all that a run left anywhere, after each run of any workflow. */
import { secretOutputs } from '../leaks/declared.js'
import { type Leak, leaksIn, type Searched } from '../leaks/oracle.js'
import { plant, secretsIn } from '../leaks/secrets.js'
import { freshTrafficLeaks } from '../leaks/traffic.js'
import type { RunLog } from './log.js'
import type { JobRun, Sink } from './model.js'

export function leaksOf(log: RunLog, jobs: readonly JobRun[]): Leak[] {
  for (const { source, value } of log.masks) {
    if (source !== 'stop-token') plant(source === 'secret' ? 'secret of a job' : 'masked value', value)
  }
  for (const { values = {} } of log.sinks.filter(({ kind }) => kind === 'output-file')) {
    for (const name of secretOutputs) plant(`output ${name}`, values[name] ?? '')
  }
  const environments = jobs.flatMap(({ id, environment }) =>
    environment ? [{ sink: 'environment', where: id, text: environment.name }] : [],
  )
  return [
    ...leaksIn([...transcript(log), ...log.sinks.flatMap(searched), ...environments]),
    ...lateMasks(log),
    ...freshTrafficLeaks(),
  ]
}

/** The masked log, step by step. */
function transcript({ lines }: RunLog): Searched[] {
  const texts = new Map<string, string>()
  for (const { job, step, masked } of lines) {
    const where = `${job}, ${step}`
    texts.set(where, `${texts.get(where) ?? ''}${masked}\n`)
  }
  return [...texts].map(([where, text]) => ({ sink: 'log', where, text }))
}

/** What of a sink is searched: all of it, but for the outputs that are meant to hold a URL. */
function searched({ kind, job, step, text, values }: Sink): Searched[] {
  const where = `${job}, ${step}`
  if (kind === 'stdout' || kind === 'stderr' || kind === 'state-file') {
    return [text, unescaped(text)].map((each) => ({ sink: kind, where, text: each }))
  }
  if (kind !== 'output-file' && kind !== 'env-file') return [{ sink: kind, where, text }]
  return Object.entries(values ?? {}).flatMap(([name, value]) => {
    const meant = kind === 'output-file' && secretOutputs.includes(name)
    return [{ sink: kind, where, text: name }, ...(meant ? [] : [{ sink: `${kind} ${name}`, where, text: value }])]
  })
}

const unescaped = (text: string): string => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')

/** A line of a job that shows what the same job masks only further down. */
function lateMasks({ lines, masks }: RunLog): Leak[] {
  return masks
    .filter(({ source }) => source === 'add-mask')
    .flatMap(({ value, job, position }) =>
      lines
        .filter((line) => line.job === job && line.position < position && line.masked.includes(value))
        .filter(({ masked }) => secretsIn(masked).length > 0)
        .map((line) => ({
          sink: 'transcript',
          where: `${job}, ${line.step}`,
          secret: `a value at ${line.position} that is masked at ${position}`,
        })),
    )
}
