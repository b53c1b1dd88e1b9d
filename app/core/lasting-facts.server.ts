/** Facts that never change once they are written, read once per connection: what an order sold. */
import type { Queries } from '#db/queries.ts';

const MOST_KEPT = 20_000;

/**
 * @param read the facts of these ids; an id without any is asked for again
 * @returns a reader of them: `(await facts(q, ids))(id)`
 */
export function lastingFacts<Facts>(read: (q: Queries, ids: readonly string[]) => Promise<({ id: string } & Facts)[]>) {
  const kept = new WeakMap<Queries, Map<string, Facts>>();
  return async (q: Queries, ids: readonly string[]): Promise<(id: string) => Facts | undefined> => {
    let known = kept.get(q);
    if (!known || known.size > MOST_KEPT) {
      known = new Map();
      kept.set(q, known);
    }
    const facts = known;
    const unknown = ids.filter((id) => !facts.has(id));
    if (unknown.length > 0) for (const { id, ...rest } of await read(q, unknown)) facts.set(id, rest as unknown as Facts);
    return (id) => facts.get(id);
  };
}
