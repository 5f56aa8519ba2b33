/** Every simulated operation of the REST API, by its operationId in GitHub's description. */
import type { Routes } from '../call.js'
import { deploymentRoutes } from './deployments.js'
import { discussionRoutes } from './discussion.js'
import { environmentRoutes } from './environments.js'
import { pullRoutes } from './pulls.js'
import { repositoryRoutes } from './repository.js'
import { secretRoutes } from './secrets.js'

export const routes: Routes = {
  ...repositoryRoutes,
  ...pullRoutes,
  ...discussionRoutes,
  ...environmentRoutes,
  ...secretRoutes,
  ...deploymentRoutes,
}
