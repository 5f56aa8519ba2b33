/** A space that no line ends at. */
export const tie = '\u00A0'

/** `1 table`, `3 tables`; with thousands apart. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${thousands(count)} ${count === 1 ? one : many}`
}

export function thousands(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** Such as `640 B`, `12 kB`, `1.4 GB`, in steps of 1024. */
export function size(bytes: number): string {
  const names = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = Math.min(names.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
  const value = bytes / 1024 ** step
  return `${step > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)}${tie}${names[step]}`
}
