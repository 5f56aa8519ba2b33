/** A fact that was read, or the reason why it could not be. Unknown never leads to a deletion. */
export type Known<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly why: string }

export function known<T>(value: T): Known<T> {
  return { known: true, value }
}

export function unknown(why: string): Known<never> {
  return { known: false, why }
}
