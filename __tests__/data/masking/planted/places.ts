import type { PostgresServer } from '../../../../sim/postgres/server.js'
import { literal } from '../../../../src/domain/masking/sql-text.js'
import { type Kind, makeValues } from './values.js'

/** Somewhere that a database keeps a value. */
interface Place {
  readonly kind: Kind
  readonly count: number
  /** Takes the values as `$1::text[]`, or one at a time as `%L`. */
  readonly plant: string
  /** Afterwards: takes the rows away again, for one. */
  readonly then?: string
  /** Where a search must find each value beforehand, so that finding none later means something. */
  readonly seen: readonly string[]
  /** In no row any more; statistics may still quote it. */
  readonly dead?: true
}

const schema = `
  CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE EXTENSION pageinspect; CREATE EXTENSION postgres_fdw; CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw;
  CREATE DOMAIN mail AS varchar(80) CHECK (VALUE LIKE '%@%');
  CREATE TYPE home AS (street text, floor int);
  CREATE TABLE people (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, phone varchar(40), nick citext UNIQUE, work_mail mail, street char(80),
    profile jsonb, letter json, aliases text[], email text UNIQUE, passport text, contact text, doomed text, photo bytea, marks xml, tags hstore,
    addr inet, device uuid, home home, contact_shown text GENERATED ALWAYS AS ('<' || contact || '>') STORED);
  CREATE INDEX people_name ON people (name); CREATE INDEX people_brin ON people USING brin (name); CREATE INDEX people_hash ON people USING hash (phone);
  CREATE UNIQUE INDEX people_lower ON people (lower(email)); CREATE INDEX people_include ON people (id) INCLUDE (phone);
  CREATE INDEX people_partial ON people (passport) WHERE passport IS NOT NULL; CREATE INDEX people_shown ON people (contact_shown);
  CREATE INDEX people_aliases ON people USING gin (aliases); CREATE INDEX people_profile ON people ((profile #>> '{contact,email}'));
  CREATE VIEW people_view AS SELECT name, profile FROM people;
  CREATE TABLE accounts (iban text PRIMARY KEY, opened int);
  CREATE TABLE transfers (id int, iban text REFERENCES accounts ON UPDATE CASCADE);
  CREATE TABLE cards (holder text, number text, PRIMARY KEY (holder, number));
  CREATE TABLE payments (holder text, number text, FOREIGN KEY (holder, number) REFERENCES cards);
  CREATE TABLE visits (day date NOT NULL, who text, origin text) PARTITION BY RANGE (day);
  CREATE TABLE visits_old PARTITION OF visits FOR VALUES FROM ('2020-01-01') TO ('2024-01-01');
  CREATE TABLE visits_new (origin text, who text, day date NOT NULL); ALTER TABLE visits ATTACH PARTITION visits_new DEFAULT;
  CREATE TABLE visits_swapped (day date NOT NULL, origin text, who text); ALTER TABLE visits ATTACH PARTITION visits_swapped FOR VALUES FROM ('2018-01-01') TO ('2020-01-01');
  CREATE INDEX visits_who ON visits (who);
  CREATE TABLE persons (city text); CREATE TABLE staff (room text) INHERITS (persons);
  CREATE TABLE contacts (id int, label text); CREATE MATERIALIZED VIEW directory AS SELECT id, label FROM contacts; CREATE UNIQUE INDEX directory_key ON directory (id);
  CREATE TABLE documents (id int GENERATED ALWAYS AS IDENTITY, fate int DEFAULT 0, body text, summary text); ALTER TABLE documents ALTER body SET STORAGE EXTERNAL;
  CREATE TABLE leads (source text, region text); ALTER TABLE leads ALTER source SET STATISTICS 10, ALTER region SET STATISTICS 10;
  CREATE STATISTICS leads_pairs (mcv) ON source, region FROM leads; ALTER STATISTICS leads_pairs SET STATISTICS 10;
  CREATE TABLE former_leads (source text); ALTER TABLE former_leads ALTER source SET STATISTICS 10;
  CREATE TABLE labels (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, fate int, label text); CREATE INDEX labels_label ON labels (label);
  INSERT INTO labels (label) SELECT 'fine ' || g FROM generate_series(1, 20) g;
  CREATE TABLE counters (id int, doomed text); CREATE TABLE audit (line text); CREATE UNLOGGED TABLE drafts (body text)`

export const rules = `
tables:
  people:
    name: name
    phone: phone
    nick: hash
    work_mail: email
    street: address
    profile: { mask: json, paths: { contact.email: email, "items[*].name": name } }
    letter: { mask: json }
    aliases: hash
    email: email
    passport: hash
    contact: redact_text
    photo: hash
    marks: 'null'
    tags: 'null'
    addr: ip
    device: uuid
    home: 'null'
  accounts: { iban: hash }
  cards: { holder: email, number: hash }
  visits: { who: name, origin: ip, day: { keep: the day of a visit is nobody's } }
  persons: { city: city }
  staff: { room: hash }
  contacts: { label: name }
  documents: { body: redact_text, summary: redact_text }
  leads: { source: email, region: hash }
  former_leads: { source: email }
  drafts: { body: redact_text, owner: name }
harmless: [{ tables: labels, columns: label, because: labels of the catalogue }]
leave_out: [audit]
large_objects: remove
`

const into = (table: string, column: string, value = 'v') =>
  `INSERT INTO ${table} (${column}) SELECT ${value} FROM unnest($1::text[]) v`
const at = (...names: string[]) => [...names.flatMap((name) => [`rows of ${name}`, `pages of ${name}`]), 'files']
const long = `(SELECT string_agg(md5(g::text), '') FROM generate_series(1, 200) g)`

const places: Readonly<Record<string, Place>> = {
  text: { kind: 'name', count: 8, plant: into('people', 'name'), seen: [...at('people'), 'rows of people_view', 'pages of people_name'] },
  varchar: { kind: 'phone', count: 6, plant: into('people', 'phone'), seen: [...at('people'), 'pages of people_include'] },
  citext: { kind: 'name', count: 6, plant: into('people', 'nick'), seen: [...at('people'), 'pages of people_nick_key'] },
  domain: { kind: 'email', count: 6, plant: into('people', 'work_mail'), seen: at('people') },
  char: { kind: 'address', count: 6, plant: into('people', 'street'), seen: at('people') },
  'path of jsonb': {
    kind: 'email', count: 4, seen: [...at('people'), 'rows of people_view', 'pages of people_profile'],
    plant: into('people', 'profile', `jsonb_build_object('contact', jsonb_build_object('email', v))`),
  },
  'elements of jsonb': {
    kind: 'name', count: 4, seen: at('people'),
    plant: into('people', 'profile', `jsonb_build_object('items', jsonb_build_array(jsonb_build_object('n', 1), jsonb_build_object('name', v)))`),
  },
  'somewhere in jsonb': {
    kind: 'id', count: 2, seen: at('people'), plant: into('people', 'profile', `jsonb_build_array(jsonb_build_array(1, jsonb_build_object('x', v)))`),
  },
  json: { kind: 'address', count: 6, plant: into('people', 'letter', `json_build_object('to', json_build_array(v, 1))`), seen: at('people') },
  array: { kind: 'name', count: 8, plant: into('people', 'aliases', `ARRAY[v, NULL, '']`), seen: [...at('people'), 'pages of people_aliases'] },
  unique: { kind: 'email', count: 10, plant: into('people', 'email'), seen: [...at('people'), 'pages of people_email_key'] },
  'partial index': { kind: 'id', count: 6, plant: into('people', 'passport'), seen: [...at('people'), 'pages of people_partial'] },
  'generated column': { kind: 'name', count: 6, plant: into('people', 'contact'), seen: [...at('people'), 'pages of people_shown'] },
  bytea: { kind: 'id', count: 5, plant: into('people', 'photo', `convert_to(v, 'UTF8')`), seen: at('people') },
  xml: { kind: 'name', count: 3, plant: into('people', 'marks', `xmlelement(name person, v)`), seen: at('people') },
  hstore: { kind: 'email', count: 3, plant: into('people', 'tags', `hstore('mail', v)`), seen: at('people') },
  composite: { kind: 'address', count: 4, plant: into('people', 'home', 'ROW(v, 3)::home'), seen: at('people') },
  inet: { kind: 'ip', count: 6, plant: into('people', 'addr', 'v::inet'), seen: at('people') },
  uuid: { kind: 'uuid', count: 4, plant: into('people', 'device', 'v::uuid'), seen: at('people') },
  'natural key': { kind: 'iban', count: 6, plant: into('accounts', 'iban'), seen: [...at('accounts', 'transfers'), 'pages of accounts_pkey'] },
  'first of a composite key': {
    kind: 'email', count: 3, plant: into('cards', 'holder, number', `v, '4242'`), seen: [...at('cards', 'payments'), 'pages of cards_pkey'],
  },
  'second of a composite key': {
    kind: 'card', count: 3, plant: into('cards', 'holder, number', `'a', v`), seen: [...at('cards', 'payments'), 'pages of cards_pkey'],
  },
  partition: { kind: 'name', count: 3, plant: into('visits', 'day, who', `'2023-05-05', v`), seen: [...at('visits_old'), 'pages of visits_old_who_idx'] },
  'default partition': { kind: 'name', count: 3, plant: into('visits', 'day, who', `'2025-05-05', v`), seen: [...at('visits_new'), 'rows of visits'] },
  'address in a partition': { kind: 'ip', count: 4, plant: into('visits', 'day, origin', `'2019-05-05', v`), seen: at('visits_swapped') },
  'inheriting parent': { kind: 'address', count: 2, plant: into('persons', 'city'), seen: at('persons') },
  'inherited column': { kind: 'address', count: 2, plant: into('staff', 'city'), seen: [...at('staff'), 'rows of persons'] },
  'column of a child': { kind: 'id', count: 2, plant: into('staff', 'room'), seen: at('staff') },
  'materialized view': { kind: 'name', count: 4, plant: into('contacts', 'id, label', 'abs(hashtext(v)), v'), seen: at('contacts', 'directory') },
  external: { kind: 'address', count: 5, plant: into('documents', 'body', `v || ${long}`), seen: ['rows of documents', 'files'] },
  compressed: { kind: 'name', count: 5, plant: into('documents', 'summary', `v || repeat(' and so on', 900)`), seen: at('documents') },
  statistics: {
    kind: 'email', count: 6, plant: into('leads', 'source, region', `v, 'r'`).replace('[]) v', '[]) v, generate_series(1, 30) n'),
    seen: [...at('leads'), 'rows of pg_stats', 'rows of pg_stats_ext', 'pages of pg_statistic', 'pages of pg_statistic_ext_data'],
  },
  'statistics of several columns': {
    kind: 'address', count: 4, plant: into('leads', 'source, region', `'s', v`).replace('[]) v', '[]) v, generate_series(1, 30) n'),
    seen: [...at('leads'), 'rows of pg_stats_ext', 'pages of pg_statistic_ext_data'],
  },
  'dead statistics': {
    kind: 'email', count: 4, plant: into('former_leads', 'source').replace('[]) v', '[]) v, generate_series(1, 9)'), dead: true,
    then: 'TRUNCATE former_leads; INSERT INTO former_leads VALUES (NULL); ANALYZE former_leads', seen: ['pages of pg_statistic', 'files'],
  },
  'updated away': {
    kind: 'name', count: 4, plant: into('labels', 'fate, label', '1, v'), then: `UPDATE labels SET label = 'fine' WHERE fate = 1`, dead: true,
    seen: ['pages of labels', 'pages of labels_label', 'files'],
  },
  'updated away under a materialized view': {
    kind: 'name', count: 2, plant: into('contacts', 'id, label', '-abs(hashtext(v)), v'), dead: true, seen: ['pages of contacts', 'pages of directory', 'files'],
    then: `UPDATE contacts SET label = 'someone' WHERE id < 0; REFRESH MATERIALIZED VIEW CONCURRENTLY directory`,
  },
  deleted: {
    kind: 'email', count: 4, plant: into('labels', 'fate, label', '2, v'), then: 'DELETE FROM labels WHERE fate = 2', dead: true,
    seen: ['pages of labels', 'files'],
  },
  'deleted long value': {
    kind: 'address', count: 2, plant: into('documents', 'fate, body', `2, v || ${long}`), then: 'DELETE FROM documents WHERE fate = 2', dead: true, seen: ['files'],
  },
  'dropped column': {
    kind: 'phone', count: 6, plant: into('people', 'doomed'), then: 'ALTER TABLE people DROP COLUMN doomed', dead: true, seen: ['pages of people', 'files'],
  },
  'dropped column of a table of numbers': {
    kind: 'id', count: 4, plant: into('counters', 'id, doomed', '1, v'), then: 'ALTER TABLE counters DROP COLUMN doomed', dead: true, seen: ['pages of counters', 'files'],
  },
  'large object': {
    kind: 'address', count: 6, plant: `SELECT lo_from_bytea(0, convert_to(v, 'UTF8')) FROM unnest($1::text[]) v`, seen: at('pg_largeobject'),
  },
  'table left out': { kind: 'phone', count: 6, plant: into('audit', 'line'), seen: at('audit') },
  'unlogged table': { kind: 'id', count: 5, plant: into('drafts', 'body'), seen: at('drafts') },
  'default that old rows have': {
    kind: 'name', count: 1, plant: 'ALTER TABLE drafts ADD COLUMN owner text DEFAULT %L', then: 'ALTER TABLE drafts ALTER owner DROP DEFAULT',
    seen: ['rows of drafts', ...at('pg_attribute')],
  },
  'password of a user mapping': {
    kind: 'uuid', count: 1, plant: `CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS (user 'app', password %L)`, seen: [...at('pg_user_mapping'), 'rows of pg_user_mappings'],
  },
} // prettier-ignore

export interface Planted {
  readonly place: string
  readonly value: string
  readonly seen: readonly string[]
  readonly dead: boolean
}

export const planted: readonly Planted[] = Object.entries(places).flatMap(
  ([place, { kind, count, seen, dead = false }]) =>
    makeValues(kind, count).map((value) => ({ place, value, seen, dead })),
)

/** Gives an empty database tables in which every value stands in its place, as years of use leave it: nothing was vacuumed. */
export async function plantAll(server: PostgresServer, database: string): Promise<void> {
  await server.sql(database, schema)
  for (const [name, { plant }] of Object.entries(places)) {
    const values = planted.filter(({ place }) => place === name).map(({ value }) => value)
    if (plant.includes('$1')) await server.sql(database, plant, [values])
    else for (const value of values) await server.sql(database, plant.replace('%L', literal(value)))
  }
  await server.sql(
    database,
    `INSERT INTO transfers SELECT 1, iban FROM accounts; INSERT INTO payments SELECT * FROM cards; REFRESH MATERIALIZED VIEW directory; ANALYZE`,
  )
  for (const { then } of Object.values(places)) {
    for (const statement of then?.split('; ') ?? []) await server.sql(database, statement)
  }
}
