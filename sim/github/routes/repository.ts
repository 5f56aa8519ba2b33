/** The repository, its files, and how much of the rate limit is left. */
import { createHash } from 'node:crypto'
import { refuse, notFound, type Answer } from '../../http/answer.js'
import { fullRepositoryJson } from '../answers.js'
import type { Call, Routes } from '../call.js'
import type { Json } from '../../http/json.js'
import { budgets } from '../rate-limit.js'

/** https://docs.github.com/rest/repos/contents: from 1 MB on only the raw media type carries the content. */
const INLINE_BYTES = 1024 * 1024

function filesAt({ state, query }: Call): { ref: string; files: Map<string, string> } {
  const ref = query.ref ?? state.repository.defaultBranch
  const written = state.contents.get(ref.replace(/^refs\/heads\//, ''))
  // A pull request that changes no file has those of the default branch.
  const ofPull = [...state.pullRequests.values()].some(({ head }) => head.sha === ref)
  const files = written ?? (ofPull ? state.contents.get(state.repository.defaultBranch) : undefined)
  if (files === undefined) throw refuse(404, `No commit found for the ref ${ref}`)
  return { ref, files }
}

function entryJson({ state }: Call, entry: { ref: string; path: string; type: 'file' | 'dir'; text: string }): Json {
  const { ref, path, type, text } = entry
  const { fullName } = state.repository
  const sha = createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex')
  const escaped = path.split('/').map(encodeURIComponent).join('/')
  const self = `${state.url}/repos/${fullName}/contents/${escaped}?ref=${encodeURIComponent(ref)}`
  const git = `${state.url}/repos/${fullName}/git/${type === 'file' ? 'blobs' : 'trees'}/${sha}`
  const html = `https://github.com/${fullName}/${type === 'file' ? 'blob' : 'tree'}/${ref}/${escaped}`
  return {
    name: path.split('/').at(-1) ?? path,
    path,
    sha,
    size: Buffer.byteLength(text),
    url: self,
    html_url: html,
    git_url: git,
    download_url: type === 'file' ? `https://raw.githubusercontent.com/${fullName}/${ref}/${escaped}` : null,
    type,
    _links: { self, git, html },
  }
}

/** GitHub breaks base64 into lines of 60, which a strict decoder refuses. */
function base64Lines(text: string): string {
  return Buffer.from(text)
    .toString('base64')
    .replace(/.{1,60}/g, '$&\n')
}

function directoryJson(call: Call, at: { ref: string; files: Map<string, string>; path: string }): Json[] {
  const inside = [...at.files.keys()].filter((name) => name.startsWith(`${at.path}/`))
  const children = new Map(
    inside.map((name) => {
      const [child = '', ...deeper] = name.slice(at.path.length + 1).split('/')
      return [child, deeper.length > 0 ? ('dir' as const) : ('file' as const)]
    }),
  )
  return [...children].map(([child, type]) => {
    const path = `${at.path}/${child}`
    return entryJson(call, { ref: at.ref, path, type, text: type === 'file' ? (at.files.get(path) ?? '') : '' })
  })
}

function getContent(call: Call): Answer {
  const { ref, files } = filesAt(call)
  const path = (call.params.path ?? '').replace(/^\/+|\/+$/g, '')
  const text = files.get(path)
  if (text === undefined) {
    const children = directoryJson(call, { ref, files, path })
    if (children.length === 0) throw notFound()
    return { status: 200, body: children }
  }
  if (/raw/.test(call.headers.accept ?? '')) {
    return { status: 200, text, headers: { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' } }
  }
  const inline = Buffer.byteLength(text) <= INLINE_BYTES
  const content = inline ? { content: base64Lines(text), encoding: 'base64' } : { content: '', encoding: 'none' }
  return { status: 200, body: { ...entryJson(call, { ref, path, type: 'file', text }), ...content } }
}

export const repositoryRoutes: Routes = {
  'repos/get': ({ state }) => ({ status: 200, body: fullRepositoryJson(state) }),
  'repos/get-content': getContent,
  'rate-limit/get': ({ identity, state }) => {
    const { core, graphql } = budgets(identity, state.now())
    const search = { ...core, limit: 30, remaining: 30, used: 0 }
    return { status: 200, body: { resources: { core, graphql, search }, rate: core } }
  },
}
