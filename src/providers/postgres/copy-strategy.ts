/** What the choice of a copy method depends on. Sizes in bytes. */
export interface CopyFacts {
  /** `server_version_num`, such as 180004. */
  readonly version: number
  readonly parentBytes: number
  /** WAL written since the last checkpoint, about what a checkpoint forced now would have to flush; unknown → undefined. */
  readonly unflushedBytes: number | undefined
}

export interface CopyStrategy {
  /** Set for the session before CREATE DATABASE. */
  readonly settings: readonly string[]
  /** The STRATEGY clause of CREATE DATABASE, empty before PostgreSQL 15. */
  readonly clause: string
  /** For log and summary. */
  readonly label: string
}

/** Below this size the blocks go through WAL faster than a checkpoint takes. In bytes. */
const tiny = 16 * 1024 * 1024

/**
 * Copies files where that is faster than logging every block, and clones them where the file system can.
 * FILE_COPY forces checkpoints, which is the dearer part on a tiny database and on a server busy with writes.
 * Sources: https://www.postgresql.org/docs/18/sql-createdatabase.html (STRATEGY, from 15) and
 * https://www.postgresql.org/docs/18/runtime-config-resource.html#GUC-FILE-COPY-METHOD (from 18; falls back to a copy).
 */
export function chooseCopyStrategy({ version, parentBytes, unflushedBytes }: CopyFacts): CopyStrategy {
  if (version < 150000) return { settings: [], clause: '', label: 'file copy' }
  if (parentBytes <= tiny) {
    return { settings: [], clause: 'STRATEGY WAL_LOG', label: 'write-ahead log (tiny parent)' }
  }
  if (unflushedBytes !== undefined && unflushedBytes > parentBytes) {
    return { settings: [], clause: 'STRATEGY WAL_LOG', label: 'write-ahead log (server busy with writes)' }
  }
  if (version < 180000) return { settings: [], clause: 'STRATEGY FILE_COPY', label: 'file copy' }
  return {
    settings: ['SET file_copy_method = clone'],
    clause: 'STRATEGY FILE_COPY',
    label: 'file clone (instant on XFS, btrfs, APFS; elsewhere a copy inside the kernel)',
  }
}
