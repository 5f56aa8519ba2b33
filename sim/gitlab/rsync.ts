/**
 * As much of rsync as gitlab-ci-local calls, for machines without it: copies folders and files, `--files-from`,
 * `--relative` and patterns that name one folder. Run by the `rsync` that pipeline.ts puts on the PATH.
 */
import { cpSync, existsSync, readFileSync, statSync } from 'node:fs'
import { join, normalize, relative } from 'node:path'

const excluded: string[] = []
const places: string[] = []
let listed: string[] | undefined
let keepsPath = false

const words = process.argv.slice(2)
for (let word = words.shift(); word !== undefined; word = words.shift()) {
  const [option = '', inline] = word.split(/=(.*)/s)
  if (option === '--exclude') excluded.push(inline ?? words.shift() ?? '')
  else if (option === '--files-from') listed = lines(inline ?? words.shift() ?? '')
  else if (/^-\w*R/.test(option)) keepsPath = true
  else if (!option.startsWith('-')) places.push(word)
}

const target = places.pop() ?? '.'
if (listed !== undefined) for (const file of listed) copy(join(places[0] ?? '.', file), join(target, file))
else {
  for (const place of places) {
    const whole = place.endsWith('/') || place.endsWith('/.')
    copy(place, keepsPath ? join(target, place) : whole ? target : join(target, place.split('/').at(-1) ?? ''))
  }
}

function lines(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}

function copy(from: string, to: string): void {
  if (!existsSync(from)) return
  const folders = excluded.map((pattern) => normalize(pattern).replace(/^\/|\/?\**\/?$/g, ''))
  cpSync(from, to, {
    recursive: true,
    force: true,
    filter: (path) => {
      const inside = statSync(from).isDirectory() ? relative(from, path) : ''
      return !folders.some((folder) => inside === folder || inside.startsWith(`${folder}/`))
    },
  })
}
