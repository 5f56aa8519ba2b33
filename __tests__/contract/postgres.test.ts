import { majors, postgresPlatform } from '../fixtures/postgres.js'
import { describeProvider } from './provider.js'

for (const major of majors) describeProvider(`PostgreSQL ${major}`, () => postgresPlatform(major))
