import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** A migration as a team writes it, in the order of its number. */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
}

/** A migration tool from npm, as a team uses it. */
export interface Tool {
  readonly name: string
  /** The line of `migrate`. */
  readonly command: string
  /** Variables of the job that it needs. */
  readonly env: Readonly<Record<string, string>>
  /** Its ledger, and the column with the names of migrations. */
  readonly ledger: readonly [table: string, column: string]
  /** Path of the file of a migration, and what stands in it. */
  readonly file: (migration: Migration) => readonly [path: string, text: string]
  readonly files?: Readonly<Record<string, string>>
}

/** What its file and its row in the ledger are called. */
export const stamp = ({ number, name }: Migration) => `2026010100000${number}_${name}`

const nodePgMigrate: Tool = {
  name: 'node-pg-migrate',
  command: 'node-pg-migrate up',
  env: {},
  ledger: ['pgmigrations', 'name'],
  file: (migration) => [`migrations/${stamp(migration)}.sql`, `-- Up Migration\n${migration.sql}\n-- Down Migration\n`],
}

const dbmate: Tool = {
  name: 'dbmate',
  // The program itself: its package for all platforms names some that cannot be locked.
  command: 'node_modules/@dbmate/linux-x64/bin/dbmate --no-dump-schema migrate',
  // It insists on TLS, which this server has not.
  env: { PGSSLMODE: 'disable' },
  ledger: ['schema_migrations', 'version'],
  file: (migration) => [`db/migrations/${stamp(migration)}.sql`, `-- migrate:up\n${migration.sql}\n-- migrate:down\n`],
}

const prisma: Tool = {
  name: 'Prisma',
  command: 'prisma migrate deploy',
  env: {
    PRISMA_SCHEMA_ENGINE_BINARY: join(root, '__tests__/fixtures/prisma-engine.ts'),
    // Never loaded here, but looked for.
    PRISMA_QUERY_ENGINE_LIBRARY: join(root, 'package.json'),
  },
  ledger: ['_prisma_migrations', 'migration_name'],
  file: (migration) => [`prisma/migrations/${stamp(migration)}/migration.sql`, migration.sql],
  files: {
    'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n',
    'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  },
}

export const tools: readonly Tool[] = [nodePgMigrate, prisma, dbmate]

/** A work tree with the tool's project and these migrations. */
export function projectOf(tool: Tool, migrations: readonly Migration[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'project-'))
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'))
  for (const [path, text] of Object.entries(tool.files ?? {})) write(directory, path, text)
  for (const migration of migrations) write(directory, ...tool.file(migration))
  return directory
}

/** Adds a file to a work tree, or replaces it. */
export function write(directory: string, path: string, text: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true })
  writeFileSync(join(directory, path), text)
}
