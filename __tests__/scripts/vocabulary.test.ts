import { expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { vocabulary } from '../../scripts/vocabulary.js'

it('carries the words that the script chooses, and their licence', async () => {
  const text = readFileSync('src/domain/synthetic/vocabulary.ts', 'utf8')
  expect(text).toBe(await vocabulary())
  expect(text).toContain('Permission is hereby granted, free of charge')
}, 30_000)
