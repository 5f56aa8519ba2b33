import { expect, it } from '@jest/globals'
import { listed, patternFault } from '../../src/domain/file-patterns.js'

it('lists what stands between commas and line ends', () => {
  expect(listed(' a.sql, b/*.sql\r\n# a comment\n\n,c.sql ')).toEqual(['a.sql', 'b/*.sql', 'c.sql'])
  expect(listed('')).toEqual([])
})

it.each([
  ['db/seed/*.sql', undefined],
  ['./a.sql', undefined],
  ['a..b/c.sql', undefined],
  ['/etc/passwd', 'does not begin in the workspace'],
  ['~/a.sql', 'does not begin in the workspace'],
  ['C:\\a.sql', 'does not begin in the workspace'],
  ['\\\\host\\a.sql', 'does not begin in the workspace'],
  ['db/../../a.sql', 'leads out of the workspace'],
  ['db\\..\\a.sql', 'leads out of the workspace'],
  ['a\u0000b', 'holds a control character'],
  ['a'.repeat(300), undefined],
  ['a'.repeat(301), 'is longer than 300 characters'],
])('%j %s', (pattern, fault) => expect(patternFault(pattern)).toBe(fault))
