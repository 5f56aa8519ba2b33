import { describe, expect, it } from '@jest/globals'
import { variableNameFault } from '../../src/domain/variable-name.js'
import { ForgeError } from '../../src/errors.js'
import type { Connection } from '../../src/ports.js'
import { Secret } from '../../src/secret.js'
import { exportedVariables } from '../../src/sinks/exported-variables.js'

function connectionOf(url: string, pooledUrl?: string): Connection {
  return {
    url: new Secret(url),
    ...(pooledUrl !== undefined && { pooledUrl: new Secret(pooledUrl) }),
    host: 'db.example.com',
    port: 6543,
    database: 'shop',
    username: 'pr-7',
    password: new Secret('p@ss word'),
  }
}

async function exported(names: string[], connection: Connection): Promise<Record<string, string>> {
  const variables: Record<string, string> = {}
  await exportedVariables(names, { exportVariable: (name, value) => void (variables[name] = value) }).publish(
    connection,
  )
  return variables
}

const url = 'postgresql://pr-7:p%40ss%20word@db.example.com:6543/shop'

describe('exporting', () => {
  it('sets the URL under every name, and the pooled one beside it', async () => {
    expect(await exported(['DATABASE_URL', 'SHOP_DB'], connectionOf(url, 'postgresql://pooled'))).toEqual({
      DATABASE_URL: url,
      DATABASE_URL_POOLED: 'postgresql://pooled',
      SHOP_DB: url,
      SHOP_DB_POOLED: 'postgresql://pooled',
    })
  })

  it('sets what PostgreSQL programs read, the password as it is', async () => {
    const options = '?sslmode=require&channel_binding=require&options=endpoint%3Dep-1'
    expect(await exported(['PG*'], connectionOf(url + options))).toEqual({
      PGHOST: 'db.example.com',
      PGPORT: '6543',
      PGDATABASE: 'shop',
      PGUSER: 'pr-7',
      PGPASSWORD: 'p@ss word',
      PGSSLMODE: 'require',
      PGCHANNELBINDING: 'require',
      PGOPTIONS: 'endpoint=ep-1',
    })
  })

  it('refuses PG* for a database that is no PostgreSQL', async () => {
    await expect(exported(['PG*'], connectionOf('mysql://u:p@h/d'))).rejects.toBeInstanceOf(ForgeError)
  })
})

describe('names', () => {
  it.each(['DATABASE_URL', 'database_url', '_DB', 'SHOP_DB_2', 'POSTGRES_URL', 'DIRECT_URL', 'STAGING_URL'])(
    '%s may hold a URL',
    (name) => {
      expect(variableNameFault(name)).toBeUndefined()
    },
  )

  it.each([
    ...[
      'PATH',
      'Path',
      'HOME',
      'NODE_OPTIONS',
      'node_options',
      'LD_PRELOAD',
      'LD_LIBRARY_PATH',
      'DYLD_INSERT_LIBRARIES',
    ],
    ...[
      'GITHUB_ENV',
      'GITHUB_TOKEN',
      'RUNNER_TEMP',
      'ACTIONS_RUNTIME_TOKEN',
      'INPUT_API_KEY',
      'STATE_build',
      'CI',
      'ENV',
    ],
    ...[
      'BASH_ENV',
      'BASH_FUNC_x',
      'SHELLOPTS',
      'PS4',
      'IFS',
      'PROMPT_COMMAND',
      'PYTHONPATH',
      'PYTHONSTARTUP',
      'PERL5OPT',
    ],
    ...[
      'RUBYOPT',
      'JAVA_TOOL_OPTIONS',
      '_JAVA_OPTIONS',
      'GIT_SSH_COMMAND',
      'HTTPS_PROXY',
      'no_proxy',
      'npm_config_registry',
    ],
    ...['SSL_CERT_FILE', 'AWS_SECRET_ACCESS_KEY', 'DOCKER_HOST', 'PGHOST', 'PGPASSWORD', 'PGSERVICEFILE', 'CURL_HOME'],
    ...['', '1DB', 'A-B', 'A B', 'A=B', 'A\nB', 'É', 'A'.repeat(101), 'PG*', '*'],
  ])('%j may not', (name) => {
    expect(variableNameFault(name)).toMatch(/\w/)
  })
})
