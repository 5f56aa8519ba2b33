import type { Octokit } from '@octokit/rest'

type Rest = Octokit['rest']

/** The calls of GitHub's REST interface that this action makes. The bundle knows no others: scripts/shake-lib.ts. */
export const endpoints = {
  actions: [
    'createEnvironmentVariable',
    'createOrUpdateEnvironmentSecret',
    'deleteEnvironmentSecret',
    'getEnvironmentPublicKey',
    'getEnvironmentSecret',
    'getEnvironmentVariable',
    'updateEnvironmentVariable',
  ],
  issues: ['createComment', 'deleteComment', 'listComments', 'updateComment'],
  pulls: ['get', 'listFiles'],
  repos: [
    'createDeployment',
    'createDeploymentStatus',
    'createOrUpdateEnvironment',
    'deleteAnEnvironment',
    'get',
    'getAllEnvironments',
    'getContent',
    'listDeployments',
    'listDeploymentStatuses',
  ],
} as const satisfies { readonly [Scope in keyof Rest]?: readonly (keyof Rest[Scope])[] }
