import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface Violation {
  rule: string
  from: string
  to: string
}

interface CruiseResult {
  summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] }
}

/** Runs the import rules of the repository over the `src` folder of `project`. */
export function cruise(root: string, project = root): Promise<{ files: number; violations: Violation[] }> {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const args = [program, 'src', '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json']
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: project, maxBuffer: 1 << 28 }, (error, stdout) => {
      if (error && !stdout.startsWith('{')) return reject(new Error('dependency-cruiser failed', { cause: error }))
      const { summary } = JSON.parse(stdout) as CruiseResult
      const violations = summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }))
      resolve({ files: summary.totalCruised, violations })
    })
  })
}

const made: string[] = []

/** A throw-away project with these files and the repository's installed packages. */
export function project(root: string, files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'import-rules-'))
  made.push(folder)
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

export const removeProjects = (): void => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
}
