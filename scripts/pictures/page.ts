import { styleOf } from './packages.js'

export interface Look {
  readonly theme: 'light' | 'dark'
  /** Who is shown to say it; undefined for a summary, which nobody says. */
  readonly author: string | undefined
  readonly title: string
  /** Folded parts are shown open. */
  readonly open: boolean
}

const frames = {
  light: { page: '#ffffff', border: '#d1d9e0', head: '#f6f8fa', text: '#59636e' },
  dark: { page: '#0d1117', border: '#3d444d', head: '#151b23', text: '#9198a1' },
} as const

const fonts = ['noto-sans/400.css', 'noto-sans/600.css', 'noto-sans-mono/400.css']

/** A page that shows HTML as GitHub frames it: a comment under its author, or a summary under its job. */
export function pageOf(html: string, { theme, author, title, open }: Look): string {
  const frame = frames[theme]
  const head =
    author === undefined
      ? `<b>${title}</b>`
      : `<b>${author}</b> <span class="bot">bot</span> <span class="when">${title}</span>`
  const body = asGitHubShows(open ? html.replaceAll('<details>', '<details open>') : html)
  return `<!doctype html><meta charset="utf-8"><style>
${fonts.map((font) => styleOf(`@fontsource/${font}`)).join('\n')}
${styleOf('twemoji-colr-font/twemoji.css')}
${styleOf(`github-markdown-css/github-markdown-${theme}.css`)}
body { margin: 0; background: ${frame.page}; }
#shot { width: 900px; padding: 16px; background: ${frame.page}; box-sizing: border-box; }
.frame { border: 1px solid ${frame.border}; border-radius: 6px; overflow: hidden; }
.head { background: ${frame.head}; border-bottom: 1px solid ${frame.border}; padding: 9px 16px; font: 14px 'Noto Sans'; color: ${frame.text}; }
.head b { color: ${theme === 'light' ? '#1f2328' : '#f0f6fc'}; font-weight: 600; }
.bot { border: 1px solid ${frame.border}; border-radius: 2em; padding: 0 7px; font-size: 12px; }
.markdown-body { padding: 16px; font-family: 'Noto Sans', 'Twemoji', sans-serif; font-size: 14px; }
.markdown-body code, .markdown-body pre, .markdown-body tt { font-family: 'Noto Sans Mono', monospace !important; }
.markdown-body h3 { margin-top: 0; }
.markdown-body > :last-child { margin-bottom: 0 !important; }
</style><div id="shot"><div class="frame"><div class="head">${head}</div><article class="markdown-body">${body}</article></div></div>`
}

/** What GitHub does to the HTML beyond Markdown: short commits, and colours in a diff. */
function asGitHubShows(html: string): string {
  return html
    .replace(/\b([0-9a-f]{7})[0-9a-f]{33}\b/g, '<a href="#"><tt>$1</tt></a>')
    .replace(/<pre><code class="language-diff">([\s\S]*?)<\/code><\/pre>/g, (_all, code: string) => {
      const lines = code.split('\n').map((line) => {
        const kind = ({ '+': 'pl-mi1', '-': 'pl-md', '!': 'pl-mc' } as Record<string, string>)[line.charAt(0)]
        return kind === undefined ? line : `<span class="${kind}">${line}</span>`
      })
      return `<div class="highlight"><pre>${lines.join('\n')}</pre></div>`
    })
}
