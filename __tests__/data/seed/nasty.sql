-- Everything that makes made-up rows difficult.
CREATE SCHEMA "Über";
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE DOMAIN short_code AS varchar(6) NOT NULL CHECK (length(VALUE) >= 3 AND VALUE = upper(VALUE));
CREATE DOMAIN share AS numeric(4, 3) CHECK (VALUE >= 0 AND VALUE <= 1);
CREATE TABLE countries (code char(2) PRIMARY KEY, name text NOT NULL);
INSERT INTO countries VALUES ('AT', 'Austria'), ('IT', 'Italy'), ('FR', 'France');
CREATE TABLE tenants (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), name text NOT NULL UNIQUE, country char(2) NOT NULL REFERENCES countries);
CREATE TABLE "Über"."User" (
  tenant uuid NOT NULL REFERENCES tenants, "Nr" int NOT NULL, email varchar(50) NOT NULL CHECK (email LIKE '%@%'), code short_code, mood mood,
  moods mood[] NOT NULL, tags text[], quota share NOT NULL, manager int, born date CHECK (born > '1980-05-01'), active boolean NOT NULL DEFAULT true,
  status text NOT NULL CHECK (status IN ('new', 'it''s', 'a\b')), level int NOT NULL CHECK (level BETWEEN -3 AND 3), plan text NOT NULL DEFAULT 'free',
  sku text NOT NULL CHECK (sku LIKE 'SKU-__-%'), settings jsonb NOT NULL, ip inet NOT NULL, mac macaddr NOT NULL, raw bytea NOT NULL, span int4range NOT NULL, bits bit(5) NOT NULL,
  cost money NOT NULL, weight float8 NOT NULL, opens time NOT NULL, lasts interval NOT NULL, spot point, doc xml, search tsvector,
  starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL CHECK (ends_at > starts_at), created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL,
  whole text GENERATED ALWAYS AS (email || ' ' || "Nr"::text) STORED,
  PRIMARY KEY (tenant, "Nr"), UNIQUE (email), UNIQUE (tenant, code));
ALTER TABLE "Über"."User" ADD FOREIGN KEY (tenant, manager) REFERENCES "Über"."User";
CREATE UNIQUE INDEX ON "Über"."User" (lower(sku));
CREATE TABLE projects (id int GENERATED ALWAYS AS IDENTITY (START 100 INCREMENT 10) PRIMARY KEY, tenant uuid NOT NULL REFERENCES tenants, parent int REFERENCES projects, UNIQUE (tenant, id));
CREATE TABLE members (tenant uuid NOT NULL, nr int NOT NULL, project int NOT NULL, role mood NOT NULL, is_lead boolean NOT NULL,
  FOREIGN KEY (tenant, nr) REFERENCES "Über"."User", FOREIGN KEY (tenant, project) REFERENCES projects (tenant, id));
CREATE UNIQUE INDEX ON members (project) WHERE is_lead;
CREATE TABLE likes (project int REFERENCES projects, mood mood, year int CHECK (year IN (2024, 2025)), PRIMARY KEY (project, mood, year));
-- Each needs the other, at once and never NULL.
CREATE TABLE teams (id bigserial PRIMARY KEY, head bigint NOT NULL);
CREATE TABLE people (id bigserial PRIMARY KEY, team bigint NOT NULL REFERENCES teams, profile bigint NOT NULL);
ALTER TABLE teams ADD FOREIGN KEY (head) REFERENCES people;
CREATE TABLE profiles (id smallserial PRIMARY KEY, bio text);
ALTER TABLE people ADD FOREIGN KEY (profile) REFERENCES profiles, ADD UNIQUE (profile);
CREATE TABLE trees (id int PRIMARY KEY, root int NOT NULL REFERENCES trees);
CREATE TABLE readings (at timestamp NOT NULL, device int NOT NULL, value numeric(6, 2) NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE readings_1 PARTITION OF readings FOR VALUES FROM ('2021-01-01') TO ('2021-02-01');
CREATE TABLE readings_2 PARTITION OF readings FOR VALUES FROM ('2023-01-01') TO ('2023-02-01');
CREATE TABLE by_kind (id int PRIMARY KEY, kind text NOT NULL) ;
CREATE TABLE listed (kind text NOT NULL, note text) PARTITION BY LIST (kind);
CREATE TABLE listed_1 PARTITION OF listed FOR VALUES IN ('a', 'b''c');
CREATE TABLE bookings (room int NOT NULL, during tsrange NOT NULL, EXCLUDE USING gist (during WITH &&));
CREATE TABLE nothing_to_say ();
CREATE TABLE schema_migrations (version varchar PRIMARY KEY);
CREATE TABLE picky (id int PRIMARY KEY, odd int NOT NULL CHECK (odd % 2 = 1), first_name varchar(3) NOT NULL UNIQUE);
CREATE TABLE only_three (mood mood PRIMARY KEY);
