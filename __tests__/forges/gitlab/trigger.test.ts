import { describe, expect, it } from '@jest/globals'
import { InputError } from '../../../src/errors.js'
import { gitlabProject, gitlabTrigger, repositoryId } from '../../../src/forges/gitlab/trigger.js'

const job = {
  GITLAB_CI: 'true',
  CI_SERVER_URL: 'https://gitlab.example',
  CI_PROJECT_ID: '42',
  CI_PROJECT_PATH: 'bank/core/shop',
  CI_PIPELINE_ID: '1001',
  CI_JOB_ID: '5005',
  CI_PIPELINE_SOURCE: 'schedule',
  CI_COMMIT_SHA: 'c0ffee',
}
const mergeRequest = {
  ...job,
  CI_PIPELINE_SOURCE: 'merge_request_event',
  CI_MERGE_REQUEST_IID: '7',
  CI_MERGE_REQUEST_PROJECT_ID: '42',
  CI_MERGE_REQUEST_PROJECT_PATH: 'bank/core/shop',
  CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '42',
}
const id = repositoryId('https://gitlab.example', 42)

describe('the trigger', () => {
  it('of a merge request pipeline creates, at its commit', () => {
    expect(gitlabTrigger(mergeRequest, undefined)).toMatchObject({
      event: 'merge_request_event',
      action: 'synchronize',
      auto: 'create',
      repository: { id, owner: 'bank/core', name: 'shop' },
      pullRequest: { number: 7, untrusted: undefined },
      mergeCommit: 'c0ffee',
      run: '1001.5005',
    })
  })

  it('of a job that stops an environment deletes', () => {
    const stop = { ...mergeRequest, CI_ENVIRONMENT_ACTION: 'stop' }
    expect(gitlabTrigger(stop, undefined)).toMatchObject({ auto: 'delete', action: '', pullRequest: { number: 7 } })
    expect(gitlabTrigger({ ...job, CI_ENVIRONMENT_ACTION: 'stop' }, undefined).auto).toBeUndefined()
  })

  it.each(['schedule', 'push', 'web', 'api'])(
    'of a %s pipeline has no merge request, unless one is named',
    (source) => {
      const env = { ...job, CI_PIPELINE_SOURCE: source }
      expect(gitlabTrigger(env, undefined)).toMatchObject({ auto: undefined, pullRequest: undefined })
      expect(gitlabTrigger(env, 9)).toMatchObject({ auto: undefined, pullRequest: { number: 9, untrusted: undefined } })
      expect(gitlabTrigger(env, 9)).not.toHaveProperty('mergeCommit')
    },
  )

  it('of a merge request is not changed by a name', () => {
    expect(gitlabTrigger(mergeRequest, 9).pullRequest?.number).toBe(7)
  })

  it.each([
    ['a fork, run in the project', { CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '43' }],
    ['a fork, run in the fork', { CI_PROJECT_ID: '43', CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '43' }],
    ['nobody knows where', { CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '' }],
  ])('of %s is not trusted, and of the project it merges into', (_what, change) => {
    const env = { ...mergeRequest, ...change }
    expect(gitlabTrigger(env, undefined)).toMatchObject({ repository: { id }, pullRequest: { untrusted: 'fork' } })
    expect(gitlabProject(env)).toBe(42)
  })

  it.each(['CI_SERVER_URL', 'CI_MERGE_REQUEST_PROJECT_ID'])('needs %s', (name) => {
    expect(() => gitlabTrigger({ ...mergeRequest, [name]: '' }, undefined)).toThrow(InputError)
  })

  it.each(['0', '-7', '7.5', '07', '7e1', 'seven', '9'.repeat(20)])('takes no %s for a number', (text) => {
    expect(() => gitlabTrigger({ ...mergeRequest, CI_MERGE_REQUEST_IID: text }, undefined)).toThrow(InputError)
  })
})

describe('the id in the claims', () => {
  it('has twelve digits, which no repository of GitHub and every platform has room for', () => {
    for (let project = 1; project <= 500; project++) {
      expect(String(repositoryId('https://gitlab.example', project))).toMatch(/^[1-9]\d{11}$/)
    }
  })

  it('is another one for another project and for the same number on another server', () => {
    const servers = ['https://gitlab.example', 'https://gitlab.com', 'https://gitlab.example/sub']
    const ids = servers.flatMap((server) => [repositoryId(server, 1), repositoryId(server, 11)])
    expect(new Set(ids).size).toBe(ids.length)
    expect(gitlabTrigger({ ...job, CI_SERVER_URL: 'https://gitlab.example/' }, undefined).repository.id).toBe(id)
  })
})
