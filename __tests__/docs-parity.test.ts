import { describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { capabilityDocs } from '../scripts/capability-table.js'
import { docs, readMetadata } from '../scripts/docs.js'
import { inputNames } from '../src/inputs/readers.js'
import { outputNames } from '../src/ports.js'

const root = resolve(import.meta.dirname, '..')
const metadata = readMetadata(readFileSync(resolve(root, 'action.yml'), 'utf8'))
const sorted = (names: Iterable<string>) => [...names].sort()

describe('action.yml, code and docs say the same', () => {
  it('declares every input the code reads, and no other', () => {
    expect(sorted(Object.keys(metadata.inputs))).toEqual(sorted(inputNames))
  })

  it('declares every output the code sets, and no other', () => {
    expect(sorted(Object.keys(metadata.outputs))).toEqual(sorted(outputNames))
  })

  it('is what the tables in docs/inputs.md and docs/reference.md were made from', () => {
    expect(docs(root, { check: true })).toEqual([])
  })

  it('is what the table in docs/platforms.md was made from, as far as it is about providers', () => {
    expect(capabilityDocs(root, { check: true })).toEqual([])
  })
})
