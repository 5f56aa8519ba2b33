import { register } from 'tsx/esm/api'

/** Once before all tests, in the process that starts the workers; they inherit its environment. */
export default async function setUp() {
  const unregister = register()
  const { shareSeeds } = await import('./sim/postgres/seeds.ts')
  await unregister()
  shareSeeds()
}
