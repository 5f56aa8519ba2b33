import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Comparison } from './table.js'

const bundle = join(import.meta.dirname, '../dist/index.js')
const turns = 15

/** From starting the process to its first request at the server: the shipped bundle against bare Node with fetch. */
export async function startToFirstRequest(): Promise<Comparison> {
  let arrived: (() => void) | undefined
  const server = createServer((_request, response) => {
    arrived?.()
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ number: 7, state: 'closed' }))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  // A platform that never answers: the run is still waiting for it when its request for the pull request arrives.
  const silent = createTcpServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => silent.once('listening', resolve))
  const portOf = (listener: { address(): unknown }) => (listener.address() as { port: number }).port
  const url = `http://127.0.0.1:${portOf(server)}`
  const directory = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const bare = join(directory, 'bare.mjs')
    writeFileSync(bare, `await (await fetch(process.env.GITHUB_API_URL)).text()\n`)
    const event = join(directory, 'event.json')
    const head = { repo: { id: 1 } }
    writeFileSync(event, JSON.stringify({ action: 'closed', pull_request: { number: 7, head, base: head } }))
    const env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: url,
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: event,
      GITHUB_REPOSITORY: 'octo/shop',
      GITHUB_REPOSITORY_ID: '1',
      INPUT_PROVIDER: 'postgres',
      INPUT_ADMIN_URL: `postgresql://admin:secret-password@127.0.0.1:${portOf(silent)}/postgres?sslmode=disable`,
      INPUT_GITHUB_TOKEN: 'ghs_000000000000',
    }
    const measure = async (script: string) => {
      const start = performance.now()
      const request = new Promise<number>((resolve) => {
        arrived = () => resolve(performance.now() - start)
      })
      const child = spawn(process.execPath, [script], { env, stdio: 'ignore' })
      const ended = new Promise((resolve) => child.once('close', resolve))
      const ms = await Promise.race([request, ended.then(() => Number.NaN)])
      if (Number.isNaN(ms)) throw new Error(`${script} ended without a request`)
      child.kill('SIGKILL')
      await ended
      return ms
    }
    for (const script of [bundle, bare]) await measure(script)
    const ours: number[] = []
    const baseline: number[] = []
    for (let turn = 0; turn < turns; turn++) {
      ours.push(await measure(bundle))
      baseline.push(await measure(bare))
    }
    return { what: 'process start to first request', against: 'bare Node with fetch', ours, baseline, goal: 2 }
  } finally {
    silent.close()
    server.close()
    server.closeAllConnections()
    rmSync(directory, { recursive: true, force: true })
  }
}
