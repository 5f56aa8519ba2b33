/**
 * Imports point one way:
 * index → main → {lifecycle, providers, forges, data, insight, report, sinks} → {ports, errors, secret, http, sql} → domain.
 * `__tests__/architecture.test.ts` breaks every rule once to prove that it can fail.
 */

const foundation = '^src/((ports|errors|secret|http|in-parallel|yaml)\\.ts$|(http|ports|sql)/)'
const domain = '^src/domain/'
const rooms = '^src/(lifecycle|providers|forges|data|insight|report|sinks)/'
const below = [foundation, domain]

/** A room may use what lies below it and itself; nothing else of src. */
const room = (name) => ({
  name: `${name}-imports-down`,
  severity: 'error',
  comment: `${name}/ imports only ports, errors, secret, http, sql, domain and itself.`,
  from: { path: `^src/${name}/` },
  to: { path: '^src/', pathNot: [...below, `^src/${name}/`] },
})

/** An adapter is one file or one folder: providers/neon.ts, forges/github/. It may use its own files, never another's. */
const adapters = (name) => ({
  name: `${name}-stay-apart`,
  severity: 'error',
  comment: `An adapter in ${name}/ imports only ports, errors, secret, http, sql, domain and its own files.`,
  from: { path: `^src/${name}/([^/.]+)` },
  to: { path: '^src/', pathNot: [...below, `^src/${name}/$1[./]`] },
})

module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment: 'domain/ imports only itself: no other room, no package, no Node module.',
      from: { path: domain },
      to: { pathNot: domain },
    },
    {
      name: 'foundation-imports-down',
      severity: 'error',
      comment: 'ports, errors, secret, http and sql import only each other and domain.',
      from: { path: foundation },
      to: { path: '^src/', pathNot: below },
    },
    room('lifecycle'),
    room('data'),
    room('insight'),
    room('report'),
    room('sinks'),
    adapters('providers'),
    adapters('forges'),
    adapters('sinks'),
    {
      name: 'only-main-wires',
      severity: 'error',
      comment:
        'Only src/main.ts with src/run-branch.ts, src/tell.ts and src/open-*.ts imports the rooms; index, inputs and event do not.',
      from: { path: '^src/[^/]+$', pathNot: '^src/(main|run-branch|tell|open-[a-z]+)\\.ts$' },
      to: { path: rooms },
    },
    {
      name: 'only-index-imports-main',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/index\\.ts$' },
      to: { path: '^src/main\\.ts$' },
    },
    {
      name: 'nothing-imports-index',
      severity: 'error',
      comment: 'Importing the entry would start the action.',
      from: { path: '^src/' },
      to: { path: '^src/index\\.ts$' },
    },
    {
      name: 'no-circular-imports',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'src-stands-alone',
      severity: 'error',
      comment: 'What ships never imports what tests, demonstrates, measures or checks it.',
      from: { path: '^src/' },
      to: { path: '^(sim|demo|bench|scripts|__tests__)/' },
    },
    {
      name: 'toolkit-only-in-github-forge',
      severity: 'error',
      comment: 'Workflow commands belong to one forge; everything else speaks to a port.',
      from: { path: '^src/', pathNot: '^src/forges/github(/|\\.ts$)' },
      to: { path: '(^|/)@actions/core(/|$)' },
    },
    {
      name: 'no-development-packages-in-bundle',
      severity: 'error',
      comment: 'A development dependency may lend its types, never its code.',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-unresolvable-imports',
      severity: 'error',
      comment: 'An import that leads nowhere would escape every rule above.',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
