import { describe, expect, it } from '@jest/globals'
import { known, unknown } from '../../src/domain/known.js'
import type { PolicyFile } from '../../src/domain/policy.js'
import { RefusedError } from '../../src/errors.js'
import { lawOf, type LawBook } from '../../src/lifecycle/law.js'
import { provision } from '../../src/lifecycle/provision.js'
import type { Law } from '../../src/ports.js'
import { branchOf, closed, eventsOf, orderOf, stageOf } from '../fixtures/lifecycle.js'

const file: PolicyFile = {
  names: { protected: ['demo-*'], exempt: [] },
  parents: new Map([['main', { dataPolicy: 'schema_only', approval: undefined, masking: undefined }]]),
}

function book(change: Partial<LawBook> = {}) {
  let reads = 0
  const open = lawOf({
    path: '.github/db-branch.yml',
    text: async () => {
      reads += 1
      return known('text')
    },
    parse: async () => file,
    ...change,
  })
  return { ...open, reads: () => reads }
}

const copy = { dataPolicy: 'copy', approval: 'Jane Doe: test data', parent: 'main' } as const

describe('the law', () => {
  it('is not read where nothing could be stricter', async () => {
    const { law, reads } = book()
    expect(await law({ ...copy, dataPolicy: 'schema_only' })).toEqual({ dataPolicy: 'schema_only', notes: [] })
    expect(reads()).toBe(0)
  })

  it('is read once', async () => {
    const { law, reads } = book()
    expect(await law(copy)).toMatchObject({ dataPolicy: 'schema_only' })
    expect(await law({ ...copy, dataPolicy: undefined })).toMatchObject({ dataPolicy: 'schema_only' })
    expect(reads()).toBe(1)
  })

  it('that cannot be read forbids everything but schema_only', async () => {
    const { law } = book({ text: async () => unknown('403; give the job "permissions: contents: read"') })
    await expect(law(copy)).rejects.toThrow(RefusedError)
    await expect(law(copy)).rejects.toThrow(
      'Reading the policy file .github/db-branch.yml failed: 403; give the job "permissions: contents: read". What a branch may hold is unknown without it; data_policy "schema_only" needs no policy file.',
    )
  })

  it('says that what the pull request makes of it does not count, and looks once', async () => {
    let looks = 0
    const proposed = (text: string | undefined) => async () => {
      looks += 1
      return known(text)
    }
    const sentence =
      '.github/db-branch.yml is another one in this pull request than on the default branch, which is what counts until it is merged.'
    const { law } = book({ proposed: proposed('looser') })
    expect((await law(copy)).notes).toEqual([expect.stringContaining('the policy file allows'), sentence])
    await law(copy)
    expect(looks).toBe(1)
    expect((await book({ proposed: proposed(undefined) }).law(copy)).notes).toContain(sentence)
    expect((await book({ proposed: proposed('text') }).law(copy)).notes).toHaveLength(1)
    expect((await book({ proposed: async () => unknown('500') }).law(copy)).notes).toHaveLength(1)
    await expect(
      book({ text: async () => known(undefined), proposed: proposed('new') }).law({ ...copy, dataPolicy: undefined }),
    ).rejects.toThrow(sentence)
  })

  it('tells the names that nothing may touch, and does not guess them', async () => {
    const { law, names, reads } = book()
    await law(copy)
    expect([await names(), reads()]).toEqual([{ protected: ['demo-*'], exempt: [] }, 1])
    expect(await book({ text: async () => known(undefined) }).names()).toEqual({ protected: [], exempt: [] })
    await expect(book({ text: async () => unknown('403') }).names()).rejects.toThrow(
      'Reading the policy file .github/db-branch.yml failed: 403. Which branches it protects is unknown without it, so none was touched.',
    )
  })

  it('that is not there leaves it to the workflow', async () => {
    const { law } = book({ text: async () => known(undefined) })
    expect(await law(copy)).toMatchObject({ dataPolicy: 'copy', approval: 'Jane Doe: test data' })
    await expect(law({ ...copy, dataPolicy: undefined })).rejects.toThrow(
      'Making a branch of "main" refused: there is no policy file, and "data_policy" is empty; set it to "schema_only" (empty tables), "masked" or "copy".',
    )
  })
})

describe('a branch under the law', () => {
  const law: Law = async () => ({ dataPolicy: 'schema_only', notes: ['It is the law.'] })

  it('holds what the law allows, and the summary says so', async () => {
    const stage = stageOf({ law })
    const outcome = await provision(stage.ports, orderOf({ dataPolicy: 'copy', approval: 'Jane Doe: test data' }))
    expect(outcome).toMatchObject({ dataPolicy: 'schema_only', notes: ['It is the law.', 'made'] })
    expect(stage.specs[0]?.claim).toMatchObject({ dataPolicy: 'schema_only' })
    expect(stage.specs[0]?.claim).not.toHaveProperty('approval')
    expect(eventsOf(stage, 'warning')).toEqual(['warning It is the law.'])
  })

  it('is not reused when it holds more', async () => {
    const stage = stageOf({ law, branches: [branchOf({ dataPolicy: 'copy' })] })
    await expect(provision(stage.ports, orderOf({ dataPolicy: 'copy' }))).rejects.toThrow(/holds data under "copy"/)
    expect(eventsOf(stage, 'output', 'connection')).toEqual([])
  })

  it('that nobody can read is not made', async () => {
    const refuse: Law = async () => Promise.reject(new RefusedError('No.'))
    const stage = stageOf({ law: refuse })
    await expect(provision(stage.ports, orderOf())).rejects.toThrow('No.')
    expect(eventsOf(stage, 'create', 'state build')).toEqual([])
  })

  it('goes without it when its pull request is closed', async () => {
    const refuse: Law = async () => Promise.reject(new RefusedError('No.'))
    const stage = stageOf({ law: refuse, branches: [branchOf()], states: [closed] })
    expect(await provision(stage.ports, orderOf())).toMatchObject({ status: 'deleted' })
  })
})
