import { expect, it } from '@jest/globals'
import { numbersByName, personOf, precedingName, snake, wordsByName } from '../../../src/domain/synthetic/by-name.js'

it.each([
  ['firstName', 'first_name'],
  ['first-name', 'first_name'],
  ['FIRST NAME', 'first_name'],
  ['line1Address', 'line1_address'],
  ['address2', 'address2'],
  ['a...b', 'a_b'],
  ['Straße Nr', 'straße_nr'],
  ['ÜberName', 'über_name'],
])('writes %j as %j', (name, written) => {
  expect(snake(name)).toBe(written)
})

it.each([
  ['x', 'billingEmail', 'email'],
  ['x', 'zip_code', 'postcode'],
  ['x', 'password_hash', 'token'],
  ['x', 'whatever', undefined],
  ['x', 'cup_name', 'title'],
  ['x', 'cupname', undefined],
  ['x', 'cup_names', undefined],
  ['x', 'title', 'title'],
  ['x', 'filename', undefined],
  ['products', 'title', 'product'],
  ['GoodArticles', 'title', 'product'],
  ['item', 'title', 'product'],
  ['itemization', 'title', 'title'],
  ['products', 'subtitle', undefined],
  ['products', 'subject', 'title'],
  ['customers', 'name', 'full_name'],
  ['shopTowns', 'name', 'city'],
  ['shop_towns', 'Name', 'city'],
  ['products', 'name', 'product'],
  ['x', 'name', 'product'],
])('takes %s.%s for %s', (table, column, kind) => {
  expect(wordsByName(table, column)).toBe(kind)
})

it.each([
  ['email', ''],
  ['mail', ''],
  ['email_address', ''],
  ['billing_email', 'billing'],
  ['billing_first_name', 'billing'],
  ['billingLastName', 'billing'],
  ['billing_full_name', 'billing'],
  ['billing_family_name', 'billing'],
  ['given_name', ''],
  ['surname', ''],
  ['display_name', ''],
  ['forename', ''],
  ['username', ''],
  ['user_name', ''],
  ['billing_name', 'billing'],
  ['name', ''],
  ['login', ''],
  ['nick', ''],
  ['nickname', ''],
  ['twitter_handle', 'twitter'],
  ['email_backup', 'email_backup'],
  ['street', 'street'],
])('finds in %j the person %j', (column, person) => {
  expect(personOf(column)).toBe(person)
})

it.each([
  ['pieces', { from: 1, to: 10, scale: 0 }],
  ['taxRate', { from: 0, to: 1, scale: 2 }],
  ['whatever', { from: 1, to: 1000, scale: 2 }],
])('expects numbers of %s to be %j', (column, range) => {
  expect(numbersByName(column)).toEqual(range)
})

it.each([
  ['updated_at', ['id', 'created_at', 'updated_at'], 'created_at'],
  ['updatedAt', ['updatedAt', 'createdAt'], 'createdAt'],
  ['modified_on', ['created_on'], 'created_on'],
  ['modified_on', ['created_at'], undefined],
  ['updated_at', ['created'], 'created'],
  ['archived', ['created'], 'created'],
  ['deleted', ['created_at'], undefined],
  ['end_date', ['start_date', 'end_date'], 'start_date'],
  ['ends_at', ['starts_at'], 'starts_at'],
  ['ended_at', ['started_at'], 'started_at'],
  ['ends', ['start'], 'start'],
  ['endless_at', ['start_at'], undefined],
  ['trial_end', ['trial_start'], 'trial_start'],
  ['trial_end', ['start'], undefined],
  ['valid_to', ['valid_from', 'valid_to'], 'valid_from'],
  ['valid_until', ['from', 'valid_from'], 'valid_from'],
  ['valid_till_date', ['valid_from', 'valid_from_date'], 'valid_from_date'],
  ['validTo', ['validFrom'], 'validFrom'],
  ['until', ['from'], 'from'],
  ['paid_total', ['paid_from'], undefined],
  ['touched', ['from'], undefined],
  ['started_auto', ['started_from'], undefined],
  ['updated_attention', ['created_attention'], 'created_attention'],
  ['updated_attention', ['createdtention'], undefined],
  ['updated', ['created_at'], undefined],
  ['updated_data', ['created_data'], 'created_data'],
  ['updated_data', ['created_d'], undefined],
  ['updated_at_once', ['created_once'], undefined],
  ['shipped_at', ['ordered_at'], 'ordered_at'],
  ['canceled_at', ['ordered_at'], 'ordered_at'],
  ['cancelled_at', ['ordered_at'], 'ordered_at'],
  ['paid_on', ['started_on', 'ordered_on'], 'ordered_on'],
  ['created_at', ['created_at', 'start_at'], undefined],
  ['updated_at', ['updated_at'], undefined],
  ['updated_at', [], undefined],
])('puts %s of %j behind %s', (column, all, earlier) => {
  expect(precedingName(column, all)).toBe(earlier)
})
