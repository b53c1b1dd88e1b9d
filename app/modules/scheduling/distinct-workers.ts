/**
 * One person stands in several pools and is one person: a job that needs two pools needs two people. A job that needs a pool several times
 * (seats for five) needs as many of its resources.
 */

type Sold = { readonly id: string; readonly workerId?: string | undefined };

/** What is no longer available once a resource is chosen: the person it stands for, or the resource itself. */
export const takenBy = ({ id, workerId }: Sold): string => workerId ?? id;

/** Whether some person or resource stands in two of the pools. If not, any choice of one resource per pool is valid. */
export function shareWorkers(pools: readonly { readonly id: string; readonly resources: readonly Sold[] }[]): boolean {
  if (new Set(pools.map(({ id }) => id)).size < pools.length) return true;
  const poolOf = new Map<string, number>();
  for (const [i, { resources }] of pools.entries())
    for (const { workerId } of resources) {
      if (workerId === undefined) continue;
      if ((poolOf.get(workerId) ?? i) !== i) return true;
      poolOf.set(workerId, i);
    }
  return false;
}

/**
 * One candidate per pool, no person twice.
 * @param pools the candidates of each, the best first
 * @returns their places, the best of the first pool that leaves enough for the others, and so on; null when there are too few people
 */
export function distinctWorkers(pools: readonly (readonly Sold[])[]): number[] | null {
  const keys = pools.map((candidates) => candidates.map(takenBy));
  // Nearly always it suffices to take the best remaining one for each pool in turn.
  const left = inTurn(keys);
  if (left) return left;
  if (new Set(keys.flat()).size < keys.length) return null;
  const chosen: number[] = [];
  const taken = new Set<string>();
  for (const [i, own] of keys.entries()) {
    const place = own.findIndex((key) => !taken.has(key) && enough(keys.slice(i + 1), new Set([...taken, key])));
    if (place < 0) return null;
    taken.add(own[place]!);
    chosen.push(place);
  }
  return chosen;
}

function inTurn(pools: readonly (readonly string[])[]): number[] | null {
  const taken = new Set<string>();
  const chosen: number[] = [];
  for (const own of pools) {
    const place = own.findIndex((key) => !taken.has(key));
    if (place < 0) return null;
    taken.add(own[place]!);
    chosen.push(place);
  }
  return chosen;
}

/** Whether each pool can have somebody of its own who is not taken (a matching, by augmenting paths). */
function enough(pools: readonly (readonly string[])[], taken: ReadonlySet<string>): boolean {
  const poolOf = new Map<string, number>();
  const place = (pool: number, asked: Set<string>): boolean => {
    for (const key of pools[pool]!) {
      if (taken.has(key) || asked.has(key)) continue;
      asked.add(key);
      const other = poolOf.get(key);
      if (other !== undefined && !place(other, asked)) continue;
      poolOf.set(key, pool);
      return true;
    }
    return false;
  };
  return pools.every((_, pool) => place(pool, new Set()));
}
