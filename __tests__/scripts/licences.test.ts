import { expect, it } from '@jest/globals'
import { grouped, licenceOf, namedBy } from '../../scripts/licences.js'

it('reads who is named in what the bundler writes', () => {
  const written =
    'pg\nMIT\nMIT License\n\nCopyright (c) 2010 somebody\n\nyaml\nISC\n\nnobody\nMIT\n\n@octokit/core\nMIT'
  expect(namedBy(written)).toEqual(['pg', 'yaml', '@octokit/core'])
})

it('takes the author of a package without a text', () => {
  expect(licenceOf('pg-types')).toEqual({ name: 'pg-types', id: 'MIT', text: 'Copyright Brian M. Carlson' })
  expect(licenceOf('pg').text).toContain('Permission is hereby granted')
})

it('says the same terms once, with everybody who holds a copyright', () => {
  const a = 'MIT License\n\nCopyright (c) 2020 Ann\nCopyright (c) 2021 Al\n\nGranted “AS IS”,\nto all.\n'
  const b = 'The MIT License (MIT)\nCopyright 2022 Bob\n\nGranted "AS IS", to\nall.\n'
  const c = 'Copyright Cleo\ncopyright notice and terms of another kind, a Copyright Licence'
  const text = grouped([
    { name: 'a', id: 'MIT', text: a },
    { name: 'c', id: 'ISC', text: c },
    { name: '@b/b', id: 'MIT', text: b },
    { name: 'd', id: 'MIT', text: 'Copyright Dan' },
  ])
  expect(text.split(/\n-+\n\n/)).toEqual([
    [
      'a (MIT)\n  Copyright (c) 2020 Ann\n  Copyright (c) 2021 Al\n@b/b (MIT)\n  Copyright 2022 Bob\nd (MIT)\n  Copyright Dan',
      'Granted “AS IS”,\nto all.\n',
    ].join('\n\n'),
    'c (ISC)\n  Copyright Cleo\n\ncopyright notice and terms of another kind, a Copyright Licence\n',
  ])
})
