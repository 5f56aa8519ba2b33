import type { Sql } from '../ports.js'

export interface Ledger {
  readonly id: string
  readonly name: string
  readonly tool: string
}

/**
 * Where migration tools write down what they have applied: tool, table, and columns that tell it from an
 * application's table of the same name. Names: each tool's documentation and default settings.
 */
const known: readonly (readonly [tool: string, table: string, ...columns: string[]])[] = [
  ['Prisma', '_prisma_migrations', 'checksum', 'finished_at', 'migration_name'],
  ['Drizzle', '__drizzle_migrations', 'hash', 'created_at'],
  ['knex', 'knex_migrations', 'name', 'batch', 'migration_time'],
  ['knex', 'knex_migrations_lock', 'index', 'is_locked'],
  ['node-pg-migrate', 'pgmigrations', 'name', 'run_on'],
  ['TypeORM', 'migrations', 'timestamp', 'name'],
  ['postgres-migrations', 'migrations', 'name', 'hash', 'executed_at'],
  ['db-migrate', 'migrations', 'name', 'run_on'],
  ['Laravel', 'migrations', 'migration', 'batch'],
  ['Sequelize', 'SequelizeMeta', 'name'],
  ['MikroORM', 'mikro_orm_migrations', 'name', 'executed_at'],
  ['Kysely', 'kysely_migration', 'name', 'timestamp'],
  ['Kysely', 'kysely_migration_lock', 'id', 'is_locked'],
  ['dbmate, Rails, golang-migrate or Ecto', 'schema_migrations', 'version'],
  ['Rails', 'ar_internal_metadata', 'key', 'value'],
  ['Flyway', 'flyway_schema_history', 'installed_rank', 'script', 'checksum'],
  ['Flyway', 'schema_version', 'installed_rank', 'script', 'checksum'],
  ['Liquibase', 'databasechangelog', 'id', 'author', 'md5sum'],
  ['Liquibase', 'databasechangeloglock', 'id', 'locked'],
  ['Alembic', 'alembic_version', 'version_num'],
  ['Django', 'django_migrations', 'app', 'name', 'applied'],
  ['EF Core', '__EFMigrationsHistory', 'MigrationId', 'ProductVersion'],
  ['goose', 'goose_db_version', 'version_id', 'is_applied'],
  ['sql-migrate', 'gorp_migrations', 'id', 'applied_at'],
  ['sqlx', '_sqlx_migrations', 'version', 'checksum'],
  ['Diesel', '__diesel_schema_migrations', 'version', 'run_on'],
  ['Atlas', 'atlas_schema_revisions', 'version', 'executed_at'],
  ['Doctrine', 'doctrine_migration_versions', 'version', 'executed_at'],
  ['Phinx', 'phinxlog', 'version'],
  ['Postgrator', 'schemaversion', 'version', 'md5'],
  ['@databases', 'atdatabases_migrations_applied', 'script', 'applied_at'],
  ['@databases', 'atdatabases_migrations_version', 'version'],
  ['Payload', 'payload_migrations', 'name', 'batch'],
]

/** Tools that keep a whole schema to themselves. */
const schemas = [
  ['Sqitch', 'sqitch'],
  ['graphile-migrate', 'graphile_migrate'],
  ['pgroll', 'pgroll'],
] as const

/** Every ledger table of this database. */
export async function findLedgers(sql: Sql): Promise<Ledger[]> {
  const tables = await sql.query<{ id: string; name: string; schema: string; table: string; columns: string[] }>(
    `SELECT c.oid::text AS id, c.oid::regclass::text AS name, n.nspname::text AS schema, c.relname::text AS table,
            (SELECT array_agg(attname::text) FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) AS columns
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND (lower(c.relname) = ANY ($1) OR n.nspname = ANY ($2)) ORDER BY 2`,
    [known.map(([, table]) => table.toLowerCase()), schemas.map(([, schema]) => schema)],
  )
  return tables.flatMap((row) => {
    const tool = toolOf(row)
    return tool === undefined ? [] : [{ id: row.id, name: row.name, tool }]
  })
}

/** Whether a migration tool that we know has written down that it applied anything. */
export async function hasAppliedMigrations(sql: Sql): Promise<boolean> {
  for (const { name } of await findLedgers(sql)) {
    // These hold a row from the beginning.
    if (/(lock|ar_internal_metadata)"?$/i.test(name)) continue
    const [row] = await sql.query<{ any: boolean }>(`SELECT EXISTS (SELECT FROM ${name}) AS any`)
    if (row?.any) return true
  }
  return false
}

function toolOf(row: { schema: string; table: string; columns: readonly string[] | null }): string | undefined {
  const owner = schemas.find(([, schema]) => schema === row.schema)
  if (owner) return owner[0]
  return known.find(
    ([, table, ...columns]) =>
      table.toLowerCase() === row.table.toLowerCase() && columns.every((column) => row.columns?.includes(column)),
  )?.[0]
}
