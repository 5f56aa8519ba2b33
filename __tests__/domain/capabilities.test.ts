import { expect, it } from '@jest/globals'
import { type Capabilities, incapability, type Wanted } from '../../src/domain/capabilities.js'

const everything: Capabilities = {
  engine: 'postgresql',
  claims: 'branch',
  schemaOnly: 'native',
  masked: 'in_place',
  copy: true,
  golden: true,
  reset: 'in_place',
  pointInTime: true,
  expiry: true,
  pooledUrl: true,
  urlReadableLater: true,
  sessions: true,
}
const wanted: Wanted = { dataPolicy: 'schema_only', pointInTime: undefined, existing: 'reuse' }

it.each<[string, Partial<Capabilities>, Partial<Wanted>, RegExp | undefined]>([
  ['everything', {}, {}, undefined],
  ['no data, natively', {}, { dataPolicy: 'schema_only' }, undefined],
  ['no data, emptied', { schemaOnly: 'sql' }, {}, undefined],
  ['no data, impossible', { schemaOnly: 'none' }, {}, /data_policy "copy"/],
  ['masked rows', {}, { dataPolicy: 'masked' }, undefined],
  ['masked rows, impossible', { masked: 'none' }, { dataPolicy: 'masked' }, /data_policy "schema_only"/],
  ['a golden parent', {}, { dataPolicy: 'masked', golden: true }, undefined],
  ['a golden parent, impossible', { golden: false }, { dataPolicy: 'masked', golden: true }, /data_policy "masked"/],
  ['no golden parent where there is none', { golden: false }, { dataPolicy: 'masked' }, undefined],
  ['a copy', {}, { dataPolicy: 'copy' }, undefined],
  ['a copy where no data can be kept out', { schemaOnly: 'none' }, { dataPolicy: 'copy' }, undefined],
  ['a copy, impossible', { copy: false }, { dataPolicy: 'copy' }, /data_policy "schema_only"/],
  ['no data where there are no copies', { copy: false }, {}, undefined],
  ['the past', {}, { pointInTime: '2026-11-01' }, undefined],
  ['the past, impossible', { pointInTime: false }, { pointInTime: '2026-11-01' }, /remove "point_in_time"/],
  ['a reset', {}, { existing: 'reset' }, undefined],
  ['a reset by swap', { reset: 'swap' }, { existing: 'reset' }, undefined],
  ['a reset, impossible', { reset: 'none' }, { existing: 'reset' }, /on_synchronize "reuse"/],
])('wanting %s', (_name, can, want, says) => {
  const fault = incapability({ ...everything, ...can }, { ...wanted, ...want })
  if (says) expect(fault).toMatch(says)
  else expect(fault).toBeUndefined()
})
