import { beforeAll, describe, expect, it } from '@jest/globals'
import { maskForms, Secret } from '../src/secret.js'
import { type ActionResult, pullRequestPayload, runAction } from './fixtures/action.js'
import { type BadInput, badInputs } from './fixtures/bad-inputs.js'
import { startWeb } from './fixtures/web.js'

const password = "sw!ord'fi(sh)*~-0123"
const token = 'ghs_0123456789abcdefghij'

interface Seen {
  readonly result: ActionResult
  readonly connections: number
  readonly secrets: readonly string[]
}

/** One run of the bundle. Whatever it connects to, platform or GitHub, is the same server, which counts. */
async function run({ inputs, options }: BadInput): Promise<Seen> {
  const web = await startWeb()
  try {
    const given = {
      provider: 'postgres',
      admin_url: `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${web.port}/postgres`,
      data_policy: 'schema_only',
      github_token: token,
      ...inputs,
    }
    const result = await runAction({
      payload: pullRequestPayload('opened'),
      apiUrl: web.url,
      ...options,
      inputs: given,
    })
    const secrets = [given.admin_url, password, 'swordfish', token, 'github_pat_0123456789'].filter(
      (text) => text.trim() !== '',
    )
    return { result, connections: web.connections, secrets: secrets.flatMap((text) => maskForms(new Secret(text))) }
  } finally {
    await web.close()
  }
}

/** What a person sees: masks and debug lines are for the runner. */
function seenByPeople(log: string): string {
  return log.replace(/^::(add-mask|debug)::.*$/gm, '')
}

/** The text that a workflow command carries. */
function said(command: string): string {
  return command.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%')
}

describe('a wrong input', () => {
  const seen = new Map<BadInput, Seen>()

  beforeAll(async () => {
    const waiting = [...badInputs]
    const work = async () => {
      for (let row = waiting.shift(); row; row = waiting.shift()) seen.set(row, await run(row))
    }
    await Promise.all(Array.from({ length: 4 }, work))
  }, 120_000)

  it.each(badInputs.map((row) => [row.name, row] as const))('%s: is told before any network call', (_name, row) => {
    const { result, connections, secrets } = seen.get(row)!
    expect(result.errors.map(said)).toEqual([row.says])
    expect([result.code, result.signal, connections]).toEqual([1, null, 0])
    expect(Object.keys(result.outputs).filter((name) => name !== 'status')).toEqual([])
    expect(seenByPeople(result.log)).not.toMatch(/^ +at |node_modules|dist\/|\.js:\d/m)
    const sinks = [
      result.log.replace(/^::add-mask::.*$/gm, ''),
      result.summary,
      JSON.stringify([result.outputs, result.state]),
    ]
    for (const secret of secrets) expect(sinks.join('\n')).not.toContain(secret)
  })

  it.each(badInputs.map((row) => [row.name, row.says] as const))(
    '%s: is told in one or two sentences',
    (_name, says) => {
      const sentences = says.replace(/"[^"]*"/g, 'quoted').split(/[.!?] (?=[A-Z])/)
      expect(sentences.length).toBeLessThanOrEqual(2)
      expect(says).toMatch(/^(Inputs? "[a-z_]+"|Reading the event failed: )/)
      expect(says).toMatch(/[^.]\.$/)
    },
  )

  it('covers every input', () => {
    const named = new Set(badInputs.map(({ says }) => /^Inputs? "([a-z_]+)"/.exec(says)?.[1]))
    expect([...named]).toEqual(
      expect.arrayContaining([
        'mode',
        'provider',
        'admin_url',
        'branch_name',
        'parent_branch',
        'busy_parent',
        'on_synchronize',
        'data_policy',
        'copy_approval',
        'environment',
        'secret_name',
        'github_token',
        'dry_run',
      ]),
    )
  })
})
