/**
 * Cuts GitHub's published OpenAPI description down to the routes the simulator serves.
 *
 *   npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz package/generated/api.github.com.json
 *   npx tsx scripts/trim-openapi.ts package/generated/api.github.com.json
 *
 * The package is 420 MB unpacked, so only the result is checked in. Nothing is corrected here: the checked-in file says
 * what GitHub says, and sim/github/specification.ts corrects it while loading, where each correction has its reason.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const REPOSITORY = '/repos/{owner}/{repo}'

const KEPT = [
  /^$/,
  /^\/pulls$/,
  /^\/pulls\/\{pull_number\}(\/files)?$/,
  /^\/issues\/\{issue_number\}\/(comments|labels)(\/|$)/,
  /^\/issues\/comments\/\{comment_id\}$/,
  /^\/environments(\/|$)/,
  /^\/deployments(\/|$)/,
  // The repository-level secret routes stay so that a test can show that nothing calls them.
  /^\/actions\/(secrets|variables)(\/|$)/,
  /^\/contents\/\{path\}$/,
]

/** Prose and samples are most of the file and nothing here reads them. */
const DROPPED_KEYS = new Set([
  'description',
  'example',
  'examples',
  'x-github',
  'x-webhooks',
  'tags',
  'summary',
  'title',
])

type Node = Record<string, unknown>

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function keeps(path: string): boolean {
  if (path === '/rate_limit') return true
  return path.startsWith(REPOSITORY) && KEPT.some((pattern) => pattern.test(path.slice(REPOSITORY.length)))
}

/** Inside `properties` a key such as `description` is the name of a field, not prose. */
function withoutProse(value: unknown, keysAreNames = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item))
  if (!isNode(value)) return value
  const entries = Object.entries(value).filter(([key]) => keysAreNames || !DROPPED_KEYS.has(key))
  return Object.fromEntries(
    entries.map(([key, item]) => [key, withoutProse(item, !keysAreNames && key === 'properties')]),
  )
}

/** Every component that the kept paths reach, however deep. */
function reachableComponents(paths: Node, components: Record<string, Node>): Record<string, Node> {
  const reached: Record<string, Node> = {}
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit)
    if (!isNode(value)) return
    if (typeof value.$ref === 'string') follow(value.$ref)
    Object.values(value).forEach(visit)
  }
  const follow = (reference: string): void => {
    const [, , section = '', name = ''] = reference.split('/')
    if (reached[section]?.[name] !== undefined) return
    const component = withoutProse(components[section]?.[name])
    ;(reached[section] ??= {})[name] = component
    visit(component)
  }
  visit(paths)
  return reached
}

const source = process.argv[2]
if (source === undefined) throw new Error('Give the path of api.github.com.json as the only argument.')
const full = JSON.parse(readFileSync(source, 'utf8')) as {
  openapi: string
  info: { version: string }
  paths: Node
  components: Record<string, Node>
}
const paths = withoutProse(Object.fromEntries(Object.entries(full.paths).filter(([path]) => keeps(path))), true) as Node
const trimmed = {
  openapi: full.openapi,
  info: { title: "GitHub's REST API, trimmed", version: full.info.version, license: { name: 'MIT' } },
  paths,
  components: reachableComponents(paths, full.components),
}
const target = join(import.meta.dirname, '..', 'sim', 'github', 'openapi.json')
writeFileSync(target, `${JSON.stringify(trimmed)}\n`)
process.stdout.write(`${Object.keys(paths).length} paths → ${target}\n`)
