/**
 * Runs `body` for every item, at most `limit` at a time, and gives the results in the order of the items. Once one
 * throws, no further item is started, and the whole fails: a listing with holes would look complete.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  body: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const at = next++
      try {
        results[at] = await body(items[at]!)
      } catch (error) {
        next = items.length
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return results
}
