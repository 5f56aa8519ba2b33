/**
 * Draws the report as GitHub shows it, into docs/img: `npm run pictures`. Needs `npm ci` in scripts/pictures, which
 * brings a Chromium of its own.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { BranchReport } from '../src/domain/branch-report.js'
import { renderReport } from '../src/report/insight-report.js'
import { type Browser, markdownReader, startBrowser } from './pictures/packages.js'
import { type Look, pageOf } from './pictures/page.js'
import { broken, dangerous, safe } from './pictures/samples.js'

const folder = 'docs/img'

interface Picture extends Look {
  readonly name: string
  readonly report: BranchReport
}

const comment = { author: 'github-actions', title: 'commented 2 minutes ago', open: false } as const

const pictures: readonly Picture[] = [
  { ...comment, name: 'comment-light', report: dangerous, theme: 'light' },
  { ...comment, name: 'comment-dark', report: dangerous, theme: 'dark' },
  { ...comment, name: 'comment-safe', report: safe, theme: 'light' },
  { ...comment, name: 'comment-failed', report: broken, theme: 'light' },
  { name: 'summary', report: dangerous, theme: 'light', author: undefined, title: 'database summary', open: true },
]

async function draw(browser: Browser, pages: string): Promise<void> {
  const htmlOf = await markdownReader()
  for (const picture of pictures) {
    const place = picture.author === undefined ? 'summary' : 'comment'
    const html = htmlOf(renderReport(picture.report, { place, secrets: [] }))
    const file = join(pages, `${picture.name}.html`)
    writeFileSync(file, pageOf(html, picture))
    const page = await browser.newPage()
    await page.setViewport({ width: 900, height: 800, deviceScaleFactor: 1.5 })
    await page.goto(pathToFileURL(file).href)
    await page.evaluate('document.fonts.ready.then(() => undefined)')
    const shot = await page.$('#shot')
    if (shot === null) throw new Error(`${picture.name} has nothing to show`)
    await shot.screenshot({ path: join(folder, `${picture.name}.png`) })
    console.log(`${folder}/${picture.name}.png`)
  }
}

const pages = mkdtempSync(join(tmpdir(), 'pictures-'))
mkdirSync(folder, { recursive: true })
const browser = await startBrowser()
try {
  await draw(browser, pages)
} finally {
  await browser.close()
  rmSync(pages, { recursive: true })
}
