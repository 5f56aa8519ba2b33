import { heavyModes } from './modes.js'

/** A schema of our own: migration tools refuse or report what they do not know in theirs. */
export const recorderSchema = 'db_branch_locks'

/** Tells our schema from one that somebody else gave this name. */
export const recorderMark = 'db-branch-action: lock recorder, there only while a migration runs'

const modes = heavyModes.map((mode) => `'${mode}'`).join(', ')

/**
 * Scans of this transaction so far, and the rows they read, by table and by index. They are counted in the session itself, so they cost nothing and
 * are exact; sources: pgstat_count_heap_scan and pg_stat_get_xact_*.
 */
const scansNow = `SELECT c.oid::int8 AS relation, pg_stat_get_xact_numscans(c.oid) AS scans,
         pg_stat_get_xact_tuples_returned(c.oid) AS tuples
    FROM pg_class c WHERE c.relkind IN ('r', 'm', 'i') AND c.oid >= 16384`

/**
 * Runs as its owner whatever the role of the migration, so nothing in it may be found along the path of that role.
 * It must never fail the migration: an error in it is swallowed and counted.
 */
const asOwner = 'LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp'

/**
 * Statements that install the recorder, as one transaction. Source: facts of the server, which the tests ask.
 *
 * What begins is kept in a setting of the session, not in a table: a write would give the transaction its id, and
 * DROP INDEX CONCURRENTLY refuses to run in a transaction that has one. The setting is a stack, because CREATE EXTENSION
 * runs statements inside a statement; it is rolled back with the transaction; it outlives the commits inside CREATE INDEX
 * CONCURRENTLY. Rows are only inserted, never looked up: under SERIALIZABLE a look-up could fail another transaction.
 */
export const installRecorder = `
CREATE SCHEMA ${recorderSchema};
COMMENT ON SCHEMA ${recorderSchema} IS '${recorderMark}';
CREATE SEQUENCE ${recorderSchema}.missed;
CREATE UNLOGGED TABLE ${recorderSchema}.statements (id bigint GENERATED ALWAYS AS IDENTITY, xid text, pid int, tag text,
  query_at timestamptz, started timestamptz, ended timestamptz, sql text, context text);
CREATE UNLOGGED TABLE ${recorderSchema}.commits (statement bigint, at timestamptz);
CREATE UNLOGGED TABLE ${recorderSchema}.locks (xid text, relation oid, mode text, statement bigint, UNIQUE (xid, relation, mode));
CREATE UNLOGGED TABLE ${recorderSchema}.rewrites (statement bigint, relation oid, reason int, started timestamptz, bytes bigint);
CREATE UNLOGGED TABLE ${recorderSchema}.scans (statement bigint, relation oid, tuples bigint);

CREATE FUNCTION ${recorderSchema}.begins() RETURNS event_trigger ${asOwner} AS $f$
DECLARE
  outer_ones jsonb;
  counted jsonb;
BEGIN
  BEGIN
    outer_ones := coalesce(nullif(current_setting('${recorderSchema}.open', true), ''), '[]');
    SELECT jsonb_object_agg(relation, jsonb_build_array(scans, tuples)) INTO counted FROM (${scansNow}) n WHERE scans > 0;
    PERFORM set_config('${recorderSchema}.open', (jsonb_build_array(jsonb_build_object(
      'at', clock_timestamp(), 'scans', coalesce(counted, '{}'), 'rewrites', '[]'::jsonb)) || outer_ones)::text, false);
  EXCEPTION WHEN OTHERS THEN NULL;
  END;
END $f$;

CREATE FUNCTION ${recorderSchema}.rewrites() RETURNS event_trigger ${asOwner} AS $f$
DECLARE
  open_ones jsonb;
BEGIN
  BEGIN
    open_ones := coalesce(nullif(current_setting('${recorderSchema}.open', true), ''), '[]');
    PERFORM set_config('${recorderSchema}.open', jsonb_set(open_ones, '{0,rewrites}',
      (open_ones #> '{0,rewrites}') || jsonb_build_object('relation', pg_event_trigger_table_rewrite_oid()::int8,
        'reason', pg_event_trigger_table_rewrite_reason(), 'at', clock_timestamp()))::text, false);
  EXCEPTION WHEN OTHERS THEN NULL;
  END;
END $f$;

CREATE FUNCTION ${recorderSchema}.ends() RETURNS event_trigger ${asOwner} AS $f$
DECLARE
  ended timestamptz := clock_timestamp();
  transaction text;
  open_ones jsonb;
  mine jsonb;
  known_query text;
  place text;
  made bigint;
BEGIN
  BEGIN
    GET DIAGNOSTICS place = PG_CONTEXT;
    transaction := pg_current_xact_id()::text;
    open_ones := coalesce(nullif(current_setting('${recorderSchema}.open', true), ''), '[]');
    mine := coalesce(open_ones -> 0, '{}');
    known_query := current_setting('${recorderSchema}.told', true);
    PERFORM set_config('${recorderSchema}.open', (open_ones - 0)::text, false),
            set_config('${recorderSchema}.told', statement_timestamp()::text || transaction, false);
    INSERT INTO ${recorderSchema}.statements (xid, pid, tag, query_at, started, ended, sql, context)
    VALUES (transaction, pg_backend_pid(), tg_tag, statement_timestamp(),
            coalesce((mine ->> 'at')::timestamptz, statement_timestamp()), ended,
            CASE WHEN known_query IS DISTINCT FROM statement_timestamp()::text || transaction THEN left(current_query(), 500000) END,
            left(place, 20000))
    RETURNING id INTO made;
    INSERT INTO ${recorderSchema}.locks
    SELECT transaction, l.relation, l.mode, made FROM pg_locks l
     WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted AND l.relation >= 16384
       AND l.mode IN (${modes})
    ON CONFLICT DO NOTHING;
    INSERT INTO ${recorderSchema}.rewrites
    SELECT made, (r ->> 'relation')::oid, (r ->> 'reason')::int, (r ->> 'at')::timestamptz,
           pg_total_relation_size((r ->> 'relation')::oid)
      FROM jsonb_array_elements(mine -> 'rewrites') r;
    INSERT INTO ${recorderSchema}.scans
    SELECT made, n.relation::oid, n.tuples - coalesce((mine #>> ARRAY['scans', n.relation::text, '1'])::int8, 0)
      FROM (${scansNow}) n
     WHERE n.scans > coalesce((mine #>> ARRAY['scans', n.relation::text, '0'])::int8, 0);
  EXCEPTION WHEN OTHERS THEN
    BEGIN
      PERFORM nextval('${recorderSchema}.missed');
    EXCEPTION WHEN OTHERS THEN NULL;
    END;
  END;
END $f$;

CREATE FUNCTION ${recorderSchema}.commits() RETURNS trigger ${asOwner} AS $f$
BEGIN
  BEGIN
    INSERT INTO ${recorderSchema}.commits VALUES (new.id, clock_timestamp());
  EXCEPTION WHEN OTHERS THEN NULL;
  END;
  RETURN NULL;
END $f$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ${recorderSchema} FROM PUBLIC;
CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON ${recorderSchema}.statements
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ${recorderSchema}.commits();
CREATE EVENT TRIGGER ${recorderSchema}_begins ON ddl_command_start EXECUTE FUNCTION ${recorderSchema}.begins();
CREATE EVENT TRIGGER ${recorderSchema}_rewrites ON table_rewrite EXECUTE FUNCTION ${recorderSchema}.rewrites();
CREATE EVENT TRIGGER ${recorderSchema}_ends ON ddl_command_end EXECUTE FUNCTION ${recorderSchema}.ends()`
