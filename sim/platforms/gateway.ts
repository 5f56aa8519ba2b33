/**
 * TLS for the data plane: platforms whose URLs say `sslmode=require` have a gateway with a certificate. Here the
 * database server itself answers with one that names 127.0.0.1 and the hosts of Xata's SQL gateways.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PostgresServer } from '../postgres/server.js'

/** For `NODE_EXTRA_CA_CERTS`: the certificate is its own authority. */
export const gatewayCertificate = join(import.meta.dirname, 'tls/gateway.crt')
const gatewayKey = join(import.meta.dirname, 'tls/gateway.key')

/** Server programs read the key as their own user: they write it themselves, where only they may read. */
export async function turnTlsOn(server: PostgresServer): Promise<void> {
  for (const [from, to] of [
    [gatewayCertificate, 'server.crt'],
    [gatewayKey, 'server.key'],
  ] as const) {
    const lines = `'${readFileSync(from, 'utf8').trim().replaceAll('\n', `', '`)}'`
    await server.sql('postgres', `COPY (SELECT unnest(ARRAY[${lines}])) TO PROGRAM 'umask 077; cat > ${to}'`)
  }
  await server.sql('postgres', 'ALTER SYSTEM SET ssl = on')
  await server.sql('postgres', 'SELECT pg_reload_conf()')
}
