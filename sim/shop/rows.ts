import { faker as german } from '@faker-js/faker/locale/de'
import type { Faker } from '@faker-js/faker'
import { faker as english } from '@faker-js/faker/locale/en'

export interface ShopSize {
  readonly customers: number
  readonly orders: number
  readonly seed: number
}

/** Rows per table; every reference finds its target. */
export interface ShopRows {
  readonly customers: readonly Row[]
  readonly subscriptions: readonly Row[]
  readonly products: readonly Row[]
  readonly orders: readonly Row[]
  readonly order_items: readonly Row[]
  readonly events: readonly Row[]
}

/** One row: a JSON value per column. */
export type Row = Readonly<Record<string, unknown>>

interface Customer extends Row {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly phone: string | null
  readonly created_at: string
}

/** No clock: equal seeds give equal rows on every day. */
const OPENED = Date.parse('2024-01-01T08:00:00Z')
const TODAY = Date.parse('2026-01-01T00:00:00Z')
const OCTOBER = Date.parse('2025-10-01T00:00:00Z')
/** A reserved top-level domain: the addresses look real and belong to nobody. */
const MAIL_DOMAINS = ['letterbox.test', 'fastpost.test', 'mail.blue.test', 'familie.test', 'workmail.test']
const STATUSES = ['new', 'paid', 'shipped', 'delivered', 'delivered', 'delivered', 'returned']
const EVENTS = ['login', 'search', 'view', 'basket', 'logout']
const PRODUCTS = 200

/** Rows that look like those of a real shop, with the personal data such shops have in unexpected places. */
export function shopRows({ customers: people, orders: count, seed }: ShopSize): ShopRows {
  english.seed(seed)
  german.seed(seed + 1)
  const customers = range(people).map((id) => customer(id))
  const products = range(PRODUCTS).map((id) => product(id))
  const orders = people === 0 ? [] : range(count).map((id) => order(id, english.helpers.arrayElement(customers)))
  return {
    customers,
    products,
    subscriptions: customers
      .filter(({ id }) => id % 3 === 0)
      .map(({ id, email, created_at }) => ({ customer_email: email, topic: id % 2 ? 'offers' : 'news', created_at })),
    orders,
    order_items: orders.flatMap(({ id }) => items(id, products)),
    events: people === 0 ? [] : range(count).map((id) => event(id, english.helpers.arrayElement(customers))),
  }
}

function customer(id: number): Customer {
  const faker: Faker = id % 5 === 0 ? german : english
  const first = faker.person.firstName()
  const last = faker.person.lastName()
  const name = `${first} ${last}`
  const email = `${mailbox(first)}.${mailbox(last)}${id}@${faker.helpers.arrayElement(MAIL_DOMAINS)}`
  const address = {
    street: faker.location.streetAddress(),
    zip: faker.location.zipCode(),
    city: faker.location.city(),
    country: faker === german ? 'DE' : 'US',
    contact: { name, email },
  }
  const phone = id % 11 === 0 ? null : faker.phone.number({ style: 'international' })
  const created_at = between(OPENED, OCTOBER)
  return { id, name, email, phone, address, created_at, updated_at: created_at }
}

function mailbox(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll('ß', 'ss')
    .replace(/[^A-Za-z-]/g, '')
    .toLowerCase()
}

function product(id: number): { id: number; price: string } & Row {
  return {
    id,
    sku: `SKU-${String(id).padStart(5, '0')}`,
    title: english.commerce.productName(),
    category: english.commerce.department(),
    price: english.commerce.price({ min: 2, max: 400 }),
  }
}

function order(id: number, by: Customer): { id: number } & Row {
  const placed_at = between(Date.parse(by.created_at), TODAY)
  return {
    id,
    customer_id: by.id,
    status: english.helpers.arrayElement(STATUSES),
    note: note(id, by),
    placed_at,
    updated_at: placed_at,
  }
}

/** Personal data in free text, and a backslash, which breaks careless casts. */
function note(id: number, by: Customer): string | null {
  if (id % 20 === 0) return `Please ring ${by.name} on ${by.phone ?? 'the door bell'} before delivery.`
  if (id % 20 === 1) return `Invoice to ${by.email} (not to the old address).`
  if (id % 20 === 2) return 'Leave behind the gate, code 4\\7\\11.'
  return null
}

function items(order_id: number, products: readonly { id: number; price: string }[]): Row[] {
  return range(english.number.int({ min: 1, max: 4 })).map((line) => {
    const { id, price } = english.helpers.arrayElement(products)
    return { order_id, line, product_id: id, quantity: english.number.int({ min: 1, max: 3 }), unit_price: price }
  })
}

function event(id: number, by: Customer): Row {
  const kind = english.helpers.arrayElement(EVENTS)
  const payload = { ip: english.internet.ipv4(), ...(kind === 'login' ? { email: by.email } : {}) }
  // A tenth is older than the oldest month and lands in the default partition.
  const happened_at = id % 10 === 0 ? between(Date.parse(by.created_at), OCTOBER) : between(OCTOBER, TODAY)
  return { id, customer_id: by.id, kind, payload, happened_at }
}

function between(from: number, to: number): string {
  return new Date(from + Math.floor((to - from) * english.number.float())).toISOString()
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index + 1)
}
