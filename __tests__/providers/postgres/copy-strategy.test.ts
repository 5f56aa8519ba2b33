import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { chooseCopyStrategy } from '../../../src/providers/postgres/copy-strategy.js'
import { majors, providerFor, startShop } from '../../fixtures/postgres.js'
import { makeBranch } from './stage.js'

const MB = 1024 * 1024
const none = { settings: [], clause: '', label: 'file copy' }
const wal = (why: string) => ({ settings: [], clause: 'STRATEGY WAL_LOG', label: `write-ahead log (${why})` })
const files = { settings: [], clause: 'STRATEGY FILE_COPY', label: 'file copy' }
const clone = {
  settings: ['SET file_copy_method = clone'],
  clause: 'STRATEGY FILE_COPY',
  label: 'file clone (instant on XFS, btrfs, APFS; elsewhere a copy inside the kernel)',
}

it.each([
  [130000, 900 * MB, 0, none],
  [140012, 8 * MB, 0, none],
  [149999, 900 * MB, 2000 * MB, none],
  [150000, 8 * MB, 0, wal('tiny parent')],
  [150000, 900 * MB, 0, files],
  [160000, 16 * MB, 0, wal('tiny parent')],
  [160000, 16 * MB + 1, 0, files],
  [170000, 900 * MB, 901 * MB, wal('server busy with writes')],
  [170000, 900 * MB, 900 * MB, files],
  [170000, 900 * MB, undefined, files],
  [180000, 8 * MB, undefined, wal('tiny parent')],
  [180000, 900 * MB, 901 * MB, wal('server busy with writes')],
  [180000, 900 * MB, 0, clone],
  [190000, 900 * MB, 0, clone],
])('version %i, parent of %i bytes, %p bytes unflushed', (version, parentBytes, unflushedBytes, expected) => {
  expect(chooseCopyStrategy({ version, parentBytes, unflushedBytes })).toEqual(expected)
})

/** Makes the parent larger than the tiny limit, then leaves nothing unflushed or all of it. */
const fill = `CREATE TABLE filler AS SELECT g, repeat(md5(g::text), 30) AS t FROM generate_series(1, 20000) g`

const sent: Record<number, Record<'tiny' | 'large' | 'unflushed', { label: string; statement: RegExp }>> = {
  13: {
    tiny: { label: 'file copy', statement: /ALLOW_CONNECTIONS false\s*$/m },
    large: { label: 'file copy', statement: /ALLOW_CONNECTIONS false\s*$/m },
    unflushed: { label: 'file copy', statement: /ALLOW_CONNECTIONS false\s*$/m },
  },
  15: {
    tiny: { label: wal('tiny parent').label, statement: /STRATEGY WAL_LOG/ },
    large: { label: 'file copy', statement: /STRATEGY FILE_COPY/ },
    unflushed: { label: wal('server busy with writes').label, statement: /STRATEGY WAL_LOG/ },
  },
  18: {
    tiny: { label: wal('tiny parent').label, statement: /STRATEGY WAL_LOG/ },
    large: { label: clone.label, statement: /STRATEGY FILE_COPY/ },
    unflushed: { label: wal('server busy with writes').label, statement: /STRATEGY WAL_LOG/ },
  },
}

describe.each(majors)('PostgreSQL %i', (major) => {
  it('copies as the note says', async () => {
    const settings = { logging_collector: 'on', log_filename: 'server.log', log_statement: 'all' }
    const { server } = await startShop({ major, settings }, 10)
    const provider = providerFor(server.adminUrl)
    const copied = async (branch: string) => {
      const { notes } = await makeBranch(provider, branch)
      const log = await readFile(path.join(server.dataDirectory, 'log/server.log'), 'utf8')
      const lines = log.split('\n').filter((line) => /statement: (CREATE DATABASE "db-branch|SET file_copy)/.test(line))
      return { note: notes[0]!, statement: lines.at(-1)!, setting: lines.at(-2) }
    }
    try {
      const tiny = await copied('pr-1')
      await server.sql('main', fill)
      await server.sql(
        'postgres',
        `SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000000)) FROM generate_series(1, 60)`,
      )
      const busy = await copied('pr-2')
      await server.sql('postgres', 'CHECKPOINT')
      const large = await copied('pr-3')
      for (const [facts, size] of [
        [tiny, 'tiny'],
        [busy, 'unflushed'],
        [large, 'large'],
      ] as const) {
        const { label, statement } = sent[major]![size]
        expect(facts.note).toMatch(/^Copied \d+(\.\d)? MB by .* in \d+\.\d\d s\.$/)
        expect(facts.note).toContain(` by ${label} in `)
        expect(facts.statement).toMatch(statement)
      }
      expect(/SET file_copy_method = clone/.test(large.setting ?? '')).toBe(major >= 18)
    } finally {
      await provider.close()
      await server.stop()
    }
  })
})
