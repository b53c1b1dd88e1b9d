/** Facts that never change once they are written, read once per connection: what an order sold. */
import { chunks, type Queries } from '#db/queries.ts';

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

const MOST_VERSIONS = 5_000;

/**
 * Facts that change with a version only: read once for each. The same object is given as long as the version is the same.
 * @param read the facts of these ids as they are now
 * @returns a reader of them: `(await facts(q, rows))(id)`; undefined for what is gone
 */
export function factsByVersion<Facts extends { id: string; version: number }>(
  read: (q: Queries, ids: readonly string[]) => Promise<Facts[]>,
) {
  const kept = new WeakMap<Queries, Map<string, Facts>>();
  return async (q: Queries, rows: readonly { id: string; version: number }[]): Promise<(id: string) => Facts | undefined> => {
    let known = kept.get(q);
    if (!known || known.size > MOST_VERSIONS) {
      known = new Map();
      kept.set(q, known);
    }
    const facts = known;
    const older = rows.filter(({ id, version }) => facts.get(id)?.version !== version).map(({ id }) => id);
    for (const ids of chunks(older)) for (const row of await read(q, ids)) facts.set(row.id, row);
    return (id) => facts.get(id);
  };
}
