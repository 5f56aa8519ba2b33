import type { Shape } from '../../http/shape.js'

/** A clone as the engine tells of it: a thin copy of a whole PostgreSQL server, with a port of its own. */
export interface Clone {
  /** The engine's id, which is chosen by whoever makes the clone. A deleted clone's may be used again. */
  readonly name: string
  /** ISO 8601, whole seconds. */
  readonly createdAt: string | undefined
  readonly status: string
  /** For telling cases apart only: it can quote the engine's commands. */
  readonly said: string
  readonly protected: boolean
  /** The DBLab branch it was made from; empty where the engine has no branches. */
  readonly parent: string
  readonly snapshot: string
  /** When its snapshot was taken. Milliseconds; undefined where the engine does not say. */
  readonly snapshotAt: number | undefined
  /** Empty until the clone is ready, and where the engine was told no address. */
  readonly host: string
  /** Zero until the clone is ready. */
  readonly port: number
  readonly username: string
  readonly database: string
}

/** Source: engine/pkg/models/clone.go of https://github.com/postgres-ai/database-lab-engine */
export function readClone(answer: Shape): Clone {
  const [status, db, snapshot] = [answer.at('status'), answer.at('db'), answer.at('snapshot')]
  return {
    name: answer.at('id').text,
    createdAt: timeOf(answer.at('createdAt')),
    status: status.at('code').text,
    said: status.at('message').maybeText ?? '',
    protected: answer.at('protected').flag,
    parent: answer.at('branch').maybeText ?? '',
    snapshot: snapshot.exists ? snapshot.at('id').text : '',
    snapshotAt: snapshot.exists ? milliseconds(snapshot.at('createdAt')) : undefined,
    host: db.at('host').maybeText ?? '',
    port: Number(db.at('port').maybeText ?? 0),
    username: db.at('username').text,
    database: db.at('dbName').maybeText ?? '',
  }
}

/** Tells a clone from the one that had the name before: to make and to delete one takes longer than a second. */
export function idOf({ name, createdAt }: Clone): string {
  return `${name}@${createdAt ?? ''}`
}

/** Whether the engine works on it no more. A status that we do not know counts as work: nothing is done to it. */
export function isSettled({ status }: Clone): boolean {
  return status === 'OK' || status === 'WARNING' || status === 'FATAL'
}

/** The engine writes its own time zone, and `""` for no time. */
function timeOf(field: Shape): string | undefined {
  const time = milliseconds(field)
  return time === undefined ? undefined : new Date(time).toISOString()
}

function milliseconds(field: Shape): number | undefined {
  const time = Date.parse(field.maybeText ?? '')
  return Number.isNaN(time) ? undefined : time
}
