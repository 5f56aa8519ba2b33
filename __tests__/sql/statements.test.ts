import { expect, it } from '@jest/globals'
import { splitStatements } from '../../src/sql/statements.js'

const cases: [
  what: string,
  sql: string,
  statements: [line: number, text: string][],
  problems: [line: number, of: RegExp][],
][] = [
  ['nothing', ' -- only a comment\n;;', [], []],
  [
    'comments, letters beyond ASCII and the last statement without a semicolon',
    "-- é €\n/* a /* nested */ 😀 */ SELECT 'ü;'; -- end\n\n  -- next\nSELECT 2",
    [
      [2, "SELECT 'ü;'"],
      [5, 'SELECT 2'],
    ],
    [],
  ],
  [
    'dollar quotes and bodies',
    'DO $x$ BEGIN; $$;$$ END $x$;\nCREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;\nSELECT 1;',
    [
      [1, 'DO $x$ BEGIN; $$;$$ END $x$'],
      [2, 'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END'],
      [3, 'SELECT 1'],
    ],
    [],
  ],
  [
    'a mistake between good statements, one of them with semicolons of its own',
    "SELECT '😀';\nSLECT 2;\nCREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;\nSELECT\n 3 3 3;\nSELECT 4",
    [
      [1, "SELECT '😀'"],
      [3, 'CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END'],
      [6, 'SELECT 4'],
    ],
    [
      [2, /SLECT/],
      [5, /near "3"/],
    ],
  ],
  ['a text that never ends', "SELECT 1;\nSELECT 'abc;\nSELECT 3;", [[1, 'SELECT 1']], [[2, /unterminated/]]],
  [
    'a mistake, then a text that never ends',
    "SELECT 1;\nSLECT 2;\nSELECT 3;\nSELECT 'abc;\nSELECT 4;",
    [
      [1, 'SELECT 1'],
      [3, 'SELECT 3'],
    ],
    [
      [2, /SLECT/],
      [4, /unterminated/],
    ],
  ],
  [
    'what pg_dump writes',
    "\\restrict abc\nSELECT 1;\nCOPY t (a) FROM stdin;\nit's;\n\\N\n\\.\nSELECT 2;\n\\connect other\nSELECT 3;\n\\unrestrict abc\n",
    [
      [2, 'SELECT 1'],
      [3, 'COPY t (a) FROM stdin'],
      [7, 'SELECT 2'],
      [9, 'SELECT 3'],
    ],
    [[8, /psql/]],
  ],
]

it.each(cases)('finds the statements of a file: %s', async (_what, sql, statements, problems) => {
  const split = await splitStatements(sql)
  expect(split.statements.map(({ line, text }) => [line, text])).toStrictEqual(statements)
  expect(split.problems.map(({ line, message }) => [line, message])).toStrictEqual(
    problems.map(([line, of]) => [line, expect.stringMatching(of)]),
  )
})
