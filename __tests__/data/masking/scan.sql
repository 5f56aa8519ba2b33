-- What makes drafting hard: short unique codes, keys that are people, constraints on values, types that nothing masks.
CREATE EXTENSION citext; CREATE EXTENSION hstore;
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE TYPE pair AS (a text, b text);
CREATE DOMAIN level AS text CHECK (VALUE IN ('low', 'high'));
CREATE TABLE countries (code char(2) PRIMARY KEY, label text);
CREATE TABLE people (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  who text NOT NULL,
  given varchar(20),
  contact citext NOT NULL UNIQUE,
  line varchar(15) NOT NULL UNIQUE,
  nino char(9) NOT NULL UNIQUE,
  bsn int,
  pan bigint NOT NULL,
  iban_like text,
  country char(2) REFERENCES countries,
  state text NOT NULL CHECK (state IN ('active', 'gone')),
  tier level NOT NULL,
  feeling mood,
  other_mails text[],
  host text,
  addr inet UNIQUE,
  born date NOT NULL,
  seen timestamptz[] NOT NULL DEFAULT '{}',
  photo bytea,
  words tsvector NOT NULL,
  extra hstore,
  both_names pair,
  "odd""name *" text,
  ref uuid DEFAULT gen_random_uuid(),
  remark text,
  loud text GENERATED ALWAYS AS (upper(remark)) STORED
);
CREATE TABLE logins (contact citext PRIMARY KEY REFERENCES people (contact) ON UPDATE CASCADE, at timestamptz NOT NULL);
CREATE TABLE "Weird ``` ""t"": #1" (id int PRIMARY KEY, "na:me
# two" text, doc jsonb NOT NULL, by_mail jsonb, docs jsonb[]);
CREATE TABLE visits (id int, day date NOT NULL, agent text, ip text) PARTITION BY RANGE (day);
CREATE TABLE visits_1 PARTITION OF visits FOR VALUES FROM ('2024-01-01') TO ('2024-07-01');
CREATE TABLE visits_2 PARTITION OF visits DEFAULT;
CREATE TABLE base (note text); CREATE TABLE heir (mail text) INHERITS (base);
CREATE TABLE secrets (owner text, pin text);
ALTER TABLE secrets ENABLE ROW LEVEL SECURITY; ALTER TABLE secrets FORCE ROW LEVEL SECURITY;
INSERT INTO countries VALUES ('DE', 'Germany'), ('FR', 'France'), ('NL', 'Netherlands');
