/** A workflow runner: executes real GitHub workflow files, with the runner's masks, outputs, post steps and signals. */
export { Concurrency, type Entrant } from './concurrency.js'
export { UnsupportedError, WorkflowFileError } from './errors.js'
export { eventRef } from './event.js'
export { Masker } from './masker.js'
export * from './model.js'
export { runWorkflow } from './workflow.js'
