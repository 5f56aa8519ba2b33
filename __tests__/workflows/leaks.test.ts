/** The search for secrets that every workflow run of this suite goes through: that it finds what is there to be found. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { declaredFields, secretInputs as declaredInputs } from '../../sim/leaks/declared.js'
import { formsOf } from '../../sim/leaks/forms.js'
import { LeakError } from '../../sim/leaks/oracle.js'
import { refuseProcessLeaks } from '../../sim/leaks/process.js'
import { openTraffic } from '../../sim/leaks/traffic.js'
import { secretInputs } from '../../src/inputs/readers.js'
import { Stage } from '../sim/runner/stage.js'

const password = `p!*'()%@:/#? "w<&>`
const key = 'key-of-the-platform-0123'
const url = `postgresql://app:${encodeURIComponent(password)}@db.example:5432/shop`

let stage: Stage
beforeAll(() => {
  stage = new Stage()
})
afterAll(() => stage.end())

/** One step of an action that does this, in a run that is searched. */
async function sinksOf(main: string, more: { inputs?: string } = {}): Promise<string[]> {
  stage.action('org/leaky@', {
    main: `const { writeFileSync } = require('node:fs')
const [key, url, password] = ${JSON.stringify([key, url, password])}
const mask = (text) => console.log('::add-mask::' + text.replaceAll('%', '%25'))
${main}`,
    inputs: '{ export_env: { default: "" } }',
  })
  const text = `- uses: org/leaky@v1
  ${more.inputs ?? ''}`
  const run = stage.steps(text, { secrets: { API_KEY: key }, leaks: 'refused' })
  return run.then(
    () => [],
    (error: unknown) => {
      expect(error).toBeInstanceOf(LeakError)
      expect((error as LeakError).message).not.toContain(key)
      return [...new Set((error as LeakError).leaks.map(({ sink }) => sink))].sort()
    },
  )
}

describe('a secret', () => {
  it.each<[sink: string, main: string]>([
    ['stdout', 'console.log("the key is " + key)'],
    ['stderr', 'console.error("the key is " + key)'],
    ['stdout', 'console.log("::debug::" + key)'],
    ['stdout', 'console.log("::warning::" + encodeURIComponent(key + "%"))'],
    ['annotation', 'console.log("::notice title=" + key + "::x")'],
    ['output-file host', 'file("OUTPUT", "host=" + key + "\\n")'],
    ['env-file HOST', 'file("ENV", "HOST=" + key + "\\n")'],
    ['state-file', 'file("STATE", "build=" + key + "\\n")'],
    ['path-file', 'file("PATH", "/opt/" + key + "\\n")'],
    ['child-argv', 'spawn("true", ["--key=" + key])'],
    ['child-argv', 'require("node:child_process").execFile("true", [key])'],
    ['file', 'writeFileSync(process.env.RUNNER_TEMP + "/x", key)'],
    ['file', 'require("node:fs").promises.writeFile(process.env.RUNNER_TEMP + "/x", key)'],
    ['stderr', 'throw new Error("connect failed: " + key)'],
    ['stdout', 'console.log(Buffer.from("user:" + key + ":x").toString("base64"))'],
    ['stdout', 'console.log(JSON.stringify({ key }))'],
    // Masked, so that only what the runner does not mask shows it.
    ['stdout', 'mask(password); console.log("it is " + password)'],
    // Nobody masked what is given out.
    ['debug-log', 'file("OUTPUT", "password=" + password + "\\n")'],
    ['transcript', 'console.log("using " + password); setTimeout(() => mask(password), 200)'],
  ])('in %s is found: %s', async (sink, main) => {
    expect(await sinksOf(main)).toContain(sink)
  })

  it.each<[what: string, main: string, inputs?: string]>([
    ['an output for it', 'mask(url); mask(password); file("OUTPUT", "connection_string=" + url + "\\n")'],
    [
      'a variable that was asked for',
      'mask(url); mask(password); file("ENV", "URL=" + url + "\\n")',
      'with: { export_env: URL }',
    ],
    ['a mask', 'mask(url)'],
  ])('in %s is where it belongs', async (_what, main, inputs = '') => {
    expect(await sinksOf(main, { inputs })).toEqual([])
  })

  it('is found where only a form of it that the runner does not know passes', async () => {
    stage.action('org/leaky@', {
      main: `console.log('::add-mask::${password.replaceAll("'", "\\'").replace('%', '%25')}')
const form = ${JSON.stringify(encodeURIComponent(password))}
file('OUTPUT', 'form=' + form + '\\n'); file('STEP_SUMMARY', form); console.log('::warning::' + form.replaceAll('%', '%25'))`,
    })
    const run = await stage.run(`
on: pull_request
jobs:
  one:
    runs-on: x
    environment: { name: pr-7, url: 'https://example.com/\${{ steps.leak.outputs.form }}' }
    outputs: { form: '\${{ steps.leak.outputs.form }}' }
    steps: [{ uses: org/leaky@v1, id: leak }]
  two: { needs: one, runs-on: x, environment: '\${{ needs.one.outputs.form }}', steps: [{ run: 'echo \${{ needs.one.outputs.form }}' }] }
`)
    const found = run.leaks.map(({ sink, where }) => `${sink} of ${where.split(',')[0]}`)
    for (const each of [
      'annotation of one',
      'summary of one',
      'environment of one',
      'job-output of one',
      'log of two',
      'environment of two',
    ]) {
      expect(found).toContain(each)
    }
  })

  const nothing = { inputs: { admin_url: url, api_key: key }, outputs: {}, texts: [] }
  it.each<[what: string, change: object]>([
    ['the log', { texts: [{ sink: 'log', where: '', text: `::add-mask::${key}\nConnecting with ${key}` }] }],
    ['an output', { outputs: { host: key } }],
    ['a part of its URL', { texts: [{ sink: 'log', where: '', text: `password ${password}` }] }],
  ])('that a process without a runner puts into %s is found', (_what, change) => {
    const left = {
      ...nothing,
      outputs: { connection_string: url },
      texts: [{ sink: 'log', where: '', text: `::add-mask::${key}` }],
    }
    expect(() => refuseProcessLeaks(left)).not.toThrow()
    expect(() => refuseProcessLeaks({ ...nothing, ...change })).toThrow(LeakError)
  })
})

describe('over HTTP', () => {
  const request = { method: 'POST', path: '/repos/acme/shop/issues/7/comments', search: '', headers: {}, body: '' }
  it.each<[what: string, change: Partial<typeof request> & { headers?: Record<string, string> }]>([
    ['a path', { path: `/repos/acme/shop/environments/${key}` }],
    ['a query', { search: `q=${encodeURIComponent(password)}` }],
    ['a header', { headers: { 'user-agent': `action ${key}` } }],
    ['a comment', { body: JSON.stringify({ body: `Connect to ${url}` }) }],
    ['the payload of a deployment', { body: JSON.stringify({ payload: { url: [url] } }) }],
    ['the name of a field', { body: JSON.stringify({ [key]: 1 }) }],
    ['a body that is not JSON', { body: `token=${key}` }],
  ])('a secret in %s is found', (_what, change) => {
    const traffic = openTraffic()
    traffic.ask({ ...request, headers: { authorization: `Bearer ${key}` } })
    traffic.ask({ ...request, body: JSON.stringify({ value: url }), path: '/v10/projects/p/env' })
    expect(traffic.freshLeaks()).toEqual([])
    traffic.ask({ ...request, ...change })
    expect(traffic.freshLeaks()).not.toEqual([])
    expect(() => traffic.end()).toThrow(LeakError)
  })

  it('what a platform answers as a credential is one, also for what was sent before', () => {
    const traffic = openTraffic()
    traffic.ask({ ...request, search: 'q=made-later-0123' })
    expect(traffic.freshLeaks()).toEqual([])
    traffic.answer(request, { roles: [{ password: 'made-later-0123' }] })
    expect(() => traffic.end()).toThrow(LeakError)
  })
})

it.each([password, `two "lines"\n!*'()%@:/#?`, 'ünïcödé & <xml>'])('knows the forms of %j', (text) => {
  const forms = [...formsOf(text).keys()]
  const strict = encodeURIComponent(text).replace(
    /[!'()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  const written = [
    text,
    encodeURIComponent(text),
    strict,
    JSON.stringify({ text }),
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&apos;'),
    ...['', 'a', 'ab', 'abc'].flatMap((before) =>
      ['', 'x', 'xy'].flatMap((after) => {
        const bytes = Buffer.from(before + text + after)
        return [bytes.toString('base64'), bytes.toString('base64url')]
      }),
    ),
  ]
  expect(written.filter((each) => !forms.some((form) => each.includes(form)))).toEqual([])
  expect(forms.every((form) => form.length >= 6)).toBe(true)
})

it('each place that is declared has its reason, and each secret input of the action is one here', () => {
  expect(declaredFields.every(({ reason }) => reason.length > 10)).toBe(true)
  expect(declaredInputs).toEqual(expect.arrayContaining([...secretInputs]))
})
