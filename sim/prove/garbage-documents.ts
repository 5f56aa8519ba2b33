import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { readPolicyFile } from '../../src/data/policy-file.js'
import { readSeed } from '../../src/data/seed/form.js'
import { encodeClaim, readClaim } from '../../src/domain/claim.js'
import { parseFailOn } from '../../src/domain/fail-on.js'
import { readQueries } from '../../src/insight/plans/queries.js'
import { readDescription } from '../../src/providers/rest/description.js'
import { code, line } from '../../src/report/markdown.js'
import { Secret } from '../../src/secret.js'
import { damaged, planted, reads, type Subject, text } from './garbage-material.js'
import { claimOf } from './world.js'

const root = join(import.meta.dirname, '../..')
const textOf = (path: string) => readFileSync(join(root, path), 'utf8')

const account = {
  apiUrl: 'https://api.example',
  allowHttp: false,
  apiKey: new Secret(planted),
  organization: '',
  project: '',
  database: '',
  role: '',
  region: '',
}

/** Files, claims and what is shown of them. */
export const documentSubjects: readonly Subject[] = [
  reads('policy file', fc.oneof(damaged(textOf('docs/policy/db-branch.yml')), text), (yaml) =>
    readPolicyFile('db-branch.yml', yaml),
  ),
  reads('rest_config', fc.oneof(damaged(textOf('docs/rest/articles.yml')), text), (yaml) =>
    readDescription(yaml, account),
  ),
  reads(
    'seed',
    fc.oneof(
      text,
      damaged(
        'synthetic:\n  seed: 7\n  tables:\n    orders:\n      rows: 100\n      columns:\n        note: { values: [a, b] }\n',
      ),
    ),
    readSeed,
  ),
  reads(
    'fail_on',
    fc.oneof(
      text,
      fc.array(text).map((all) => all.join(', ')),
    ),
    (conditions) => {
      const read = parseFailOn(conditions)
      if ('fault' in read && (read.fault === '' || /\n/.test(read.fault)))
        throw new Error(`No reason: ${JSON.stringify(read)}`)
    },
  ),
  reads(
    'explain file',
    fc.oneof(text, damaged("-- name: orders\n-- params: 7, 'a'\nSELECT * FROM orders WHERE id = $1;\nSELECT 1;\n")),
    async (sql) => {
      const { problems } = await readQueries([{ file: 'q.sql', text: sql }])
      for (const { message } of problems) if (/\n/.test(message)) throw new Error(`More than one line: ${message}`)
    },
  ),
  reads(
    'claim',
    fc.oneof(
      text,
      damaged(encodeClaim(claimOf()).replaceAll(',', ',\n')).map((lines) => lines.replaceAll('\n', '')),
    ),
    (comment) => {
      const reading = readClaim(comment)
      if (reading.kind === 'claim' && !Number.isSafeInteger(reading.claim.repository))
        throw new Error('A claim of nobody')
    },
  ),
  reads('Markdown', text, (words) => {
    if (/[\n<]/.test(line(words).replaceAll(/&lt;|\\</g, ''))) throw new Error(`Markup: ${JSON.stringify(line(words))}`)
    if (/\n/.test(code(words))) throw new Error(`More than one line: ${JSON.stringify(code(words))}`)
  }),
]
