/** Processes that outlive what started them. Linux only: elsewhere there is no /proc, and nothing is ended. */
import { readdirSync, readFileSync } from 'node:fs'

function processes(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger)
  } catch {
    return []
  }
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1')
  } catch {
    return '' // it ended meanwhile, or belongs to someone else
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it ended meanwhile
  }
}

/** `KillProcessTree` (`ProcessInvoker.cs`): the process and all its descendants. */
export function killTree(root: number): void {
  const parents = new Map(processes().map((pid) => [pid, Number(read(pid, 'stat').split(') ').at(-1)?.split(' ')[1])]))
  const tree = [root]
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child)
  for (const pid of tree) end(pid)
}

/** "Cleaning up orphan processes" at the end of a job (`JobExtension.cs` 882-930): found by RUNNER_TRACKING_ID. */
export function endOrphans(trackingId: string): void {
  const mark = `RUNNER_TRACKING_ID=${trackingId}`
  for (const pid of processes()) {
    if (pid !== process.pid && read(pid, 'environ').split('\0').includes(mark)) end(pid)
  }
}
