CREATE EXTENSION citext; CREATE EXTENSION pageinspect;
CREATE ROLE reader; CREATE ROLE keeper;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader;
CREATE SCHEMA "Über Uns";
CREATE TYPE mood AS ENUM ('sad', 'glad');
CREATE DOMAIN short_mail AS varchar(40) CHECK (VALUE LIKE '%@%');
CREATE TABLE "Über Uns"."Kunden ""A""" (
  "Id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "E-Mail" text COLLATE "C" NOT NULL,
  nick citext UNIQUE,
  "domain mail" short_mail,
  phone varchar(20),
  code char(12),
  feeling mood DEFAULT 'glad',
  tags text[],
  profile jsonb NOT NULL DEFAULT '{}',
  born date,
  seen timestamptz,
  addr inet,
  mac macaddr,
  token bytea,
  doomed text,
  full_mail text GENERATED ALWAYS AS (lower("E-Mail")) STORED,
  boss bigint REFERENCES "Über Uns"."Kunden ""A""",
  boss_mail text,
  UNIQUE ("E-Mail")
);
ALTER TABLE "Über Uns"."Kunden ""A""" ALTER COLUMN profile SET STORAGE EXTERNAL;
ALTER TABLE "Über Uns"."Kunden ""A""" ADD CONSTRAINT boss_fk FOREIGN KEY (boss_mail) REFERENCES "Über Uns"."Kunden ""A""" ("E-Mail") DEFERRABLE;
COMMENT ON CONSTRAINT boss_fk ON "Über Uns"."Kunden ""A""" IS 'who leads whom';
CREATE UNIQUE INDEX lower_mail ON "Über Uns"."Kunden ""A""" (lower("E-Mail"));
CREATE UNIQUE INDEX full_mail_key ON "Über Uns"."Kunden ""A""" (full_mail);
CREATE INDEX ON "Über Uns"."Kunden ""A""" ((profile #>> '{contact,email}')) WHERE phone IS NOT NULL;
CREATE STATISTICS together (mcv) ON phone, code FROM "Über Uns"."Kunden ""A""";
INSERT INTO "Über Uns"."Kunden ""A""" ("E-Mail", nick, "domain mail", phone, code, tags, profile, born, seen, addr, mac, token, doomed)
SELECT 'PLANT-mail-' || g || '\x@corp' || g % 3 || '.de', 'PLANT-Nick-' || g, 'PLANT-dm-' || g || '@d.de', '+49 30 7766' || 100 + g, 'PLANT-c-' || g,
       ARRAY['PLANT-tag-' || g, '', NULL], jsonb_build_object('contact', jsonb_build_object('email', 'PLANT-mail-' || g || '\x@corp' || g % 3 || '.de', 'Note "q" \', 'PLANT-note-' || g),
         'items', jsonb_build_array(jsonb_build_object('email', 'PLANT-item-' || g), jsonb_build_object('n', 4711000 + g), 'PLANT-loose-' || g), 'ok', true, 'none', NULL),
       date '1970-01-01' + g, '2024-01-01'::timestamptz + g * interval '1 hour', ('93.184.21.' || g)::inet, ('aa:bb:cc:dd:ee:' || lpad(to_hex(g), 2, '0'))::macaddr,
       convert_to('PLANT-token-' || g, 'UTF8'), 'PLANT-doomed-' || g
  FROM generate_series(1, 200) g;
INSERT INTO "Über Uns"."Kunden ""A""" ("E-Mail", phone, tags, profile) VALUES ('', '', '{}', '[]'), ('PLANT-ünïcode-😀@corp.de', NULL, NULL, '"PLANT-bare"');
UPDATE "Über Uns"."Kunden ""A""" SET boss_mail = (SELECT max("E-Mail") FROM "Über Uns"."Kunden ""A""") WHERE "Id" % 2 = 0;
ALTER TABLE "Über Uns"."Kunden ""A""" DROP COLUMN doomed;
CREATE TABLE orders (
  mail text, kind text, note text, amount numeric(10, 2), at date,
  PRIMARY KEY (mail, kind), FOREIGN KEY (mail) REFERENCES "Über Uns"."Kunden ""A""" ("E-Mail") ON UPDATE CASCADE
);
INSERT INTO orders SELECT "E-Mail", 'k' || n, 'Ring PLANT-free-' || "Id" || ' please', "Id", '2024-02-29' FROM "Über Uns"."Kunden ""A""", generate_series(1, 2) n;
CREATE TABLE order_lines (mail text, kind text, line int, FOREIGN KEY (mail, kind) REFERENCES orders);
INSERT INTO order_lines SELECT mail, kind, 1 FROM orders;
CREATE TABLE events (id int, who text, happened date NOT NULL) PARTITION BY RANGE (happened);
CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2024-06-01');
CREATE TABLE events_2 (happened date NOT NULL, who text, id int);
ALTER TABLE events ATTACH PARTITION events_2 DEFAULT;
INSERT INTO events SELECT g, 'PLANT-event-' || g, date '2024-05-01' + g FROM generate_series(1, 60) g;
CREATE TABLE audit (line text);
INSERT INTO audit VALUES ('PLANT-audit-1');
CREATE TABLE kept (id int PRIMARY KEY, label text);
INSERT INTO kept SELECT g, CASE WHEN g < 100 THEN 'PLANT-dead-' || g ELSE 'fine ' || g END FROM generate_series(1, 120) g;
DELETE FROM kept WHERE id < 100;
CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit VALUES (OLD::text); RETURN NEW; END $$;
CREATE TRIGGER "note it" AFTER UPDATE OF "E-Mail" ON "Über Uns"."Kunden ""A""" FOR EACH ROW WHEN (OLD."E-Mail" <> NEW."E-Mail") EXECUTE FUNCTION note();
ALTER TABLE "Über Uns"."Kunden ""A""" DISABLE TRIGGER "note it";
ALTER TABLE "Über Uns"."Kunden ""A""" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Über Uns"."Kunden ""A""" FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON "Über Uns"."Kunden ""A""" AS RESTRICTIVE FOR SELECT TO reader, keeper USING (nick = current_user AND "E-Mail" <> '');
COMMENT ON POLICY own ON "Über Uns"."Kunden ""A""" IS 'only your own row';
CREATE VIEW v1 WITH (security_barrier) AS SELECT "Id", "E-Mail" AS m, full_mail FROM "Über Uns"."Kunden ""A""";
CREATE VIEW v2 AS SELECT v1.m, o.note FROM v1 JOIN orders o ON o.mail = v1.m;
COMMENT ON COLUMN v2.m IS 'the address';
ALTER VIEW v2 OWNER TO keeper; GRANT SELECT (m) ON v2 TO reader; REVOKE ALL ON v1 FROM reader; GRANT UPDATE ON v1 TO keeper WITH GRANT OPTION;
GRANT ALL ON v1 TO keeper; GRANT SELECT ON orders TO keeper;
CREATE FUNCTION instead() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER instead INSTEAD OF UPDATE ON v2 FOR EACH ROW EXECUTE FUNCTION instead();
CREATE MATERIALIZED VIEW mv AS SELECT m, count(*) AS n FROM v2 GROUP BY m;
CREATE UNIQUE INDEX mv_m ON mv (m);
CREATE MATERIALIZED VIEW mv2 AS SELECT m FROM mv;
CREATE RULE no_delete AS ON DELETE TO orders WHERE OLD.mail <> '' DO INSTEAD NOTHING;
SELECT lo_from_bytea(4711, 'PLANT-object');
ANALYZE;
