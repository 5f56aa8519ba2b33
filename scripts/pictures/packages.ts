import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * The packages of scripts/pictures/package.json. They are not the project's own, so they are typed here, by what is
 * used of them, and found from there.
 */
const from = createRequire(new URL('./package.json', import.meta.url))

export interface Page {
  setViewport(size: { width: number; height: number; deviceScaleFactor: number }): Promise<void>
  goto(url: string): Promise<unknown>
  evaluate(script: string): Promise<unknown>
  $(selector: string): Promise<{ screenshot(options: { path: string }): Promise<unknown> } | null>
}

export interface Browser {
  newPage(): Promise<Page>
  close(): Promise<void>
}

/** The Chromium that the package carries inside. */
export async function startBrowser(): Promise<Browser> {
  const { default: chromium } = (await load('@sparticuz/chromium')) as {
    default: { executablePath(): Promise<string>; args: string[] }
  }
  const { default: puppeteer } = (await load('puppeteer-core')) as {
    default: { launch(options: { executablePath: string; args: string[]; headless: 'shell' }): Promise<Browser> }
  }
  return puppeteer.launch({ executablePath: await chromium.executablePath(), args: chromium.args, headless: 'shell' })
}

/** GitHub flavoured Markdown as HTML, with the HTML that stands in it. */
export async function markdownReader(): Promise<(markdown: string) => string> {
  const { micromark } = (await load('micromark')) as { micromark: (text: string, options: object) => string }
  const { gfm, gfmHtml } = (await load('micromark-extension-gfm')) as { gfm: () => object; gfmHtml: () => object }
  const options = { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] }
  return (markdown) => micromark(markdown, options)
}

/** A style sheet of a package. Addresses in it become absolute. */
export function styleOf(specifier: string): string {
  const file = from.resolve(specifier)
  const base = pathToFileURL(`${dirname(file)}/`).href
  return readFileSync(file, 'utf8').replace(/url\(("?)(?:\.\/)?(?=[\w-])(?!data:)/g, `url($1${base}`)
}

async function load(name: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(from.resolve(name)).href)
  } catch (cause) {
    throw new Error(`${name} is missing. Run npm ci in scripts/pictures.`, { cause })
  }
}
