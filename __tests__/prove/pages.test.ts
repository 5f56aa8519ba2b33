import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'

const root = join(import.meta.dirname, '../..')
const textOf = (path: string) => readFileSync(join(root, path), 'utf8')

describe.each(['docs/reliability.md', 'docs/security-model.md'])('%s', (page) => {
  it('names only files that are there', () => {
    const paths = [...textOf(page).matchAll(/`((?:src|__tests__|scripts|\.github)\/[^`\s]+)`/g)].map(
      ([, path]) => path!,
    )
    expect(paths.length).toBeGreaterThan(8)
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})

it('the security model lists every dependency of the bundle, and no other', () => {
  const { dependencies } = JSON.parse(textOf('package.json')) as { dependencies: Record<string, string> }
  const section = textOf('docs/security-model.md').split('## Dependencies')[1]?.split('\n## ')[0] ?? ''
  const rows = section.split('\n').filter((row) => row.startsWith('| `'))
  const named = rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!))
  expect(named.sort()).toEqual(Object.keys(dependencies).sort())
})
