import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startArticles } from '../../sim/platforms/articles.js'
import { createRestProvider } from '../../src/providers/rest.js'
import { Secret } from '../../src/secret.js'
import { simulatedPlatform } from '../fixtures/platform.js'
import { cloudDescription, startCloud } from '../providers/rest/cloud.js'
import { describeProvider } from './provider.js'

const articles = readFileSync(join(import.meta.dirname, '../../docs/rest/articles.yml'), 'utf8')

describeProvider('The API of the articles, as docs/rest/articles.yml describes it,', () =>
  simulatedPlatform({
    simulate: (databases) => startArticles(databases),
    account: ({ url, key, database }) => ({ apiUrl: url, apiKey: new Secret(key), database }),
    create: (account, ports) => createRestProvider(account, articles, ports),
  }),
)

describeProvider('The API of the articles, were it to copy rows that we then delete or mask,', () =>
  simulatedPlatform({
    simulate: (databases) => startArticles(databases, { data: 'copy' }),
    account: ({ url, key, database }) => ({ apiUrl: url, apiKey: new Secret(key), database }),
    create: (account, ports) =>
      createRestProvider(
        account,
        articles.replace('data: schema_only', 'data: copy\n  empty: sql\n  mask: sql'),
        ports,
      ),
  }),
)

describeProvider('A described platform with claims, cursors and work that takes time', () =>
  simulatedPlatform({
    simulate: startCloud,
    account: ({ url, key }) => ({ apiUrl: url, apiKey: new Secret(key), project: 'shop', role: 'owner' }),
    create: (account, ports) => createRestProvider(account, cloudDescription, ports),
  }),
)
