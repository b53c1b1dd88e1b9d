/** Which resources of a centre are one person: those linked with the same member, and those the centre has said are the same person. */

export interface Standing {
  readonly id: string;
  readonly poolId: string;
  readonly active: boolean;
  /** The member it is linked with. */
  readonly personId: string | null;
  /** Shared with the resources that are the same person so far. */
  readonly workerId: string | null;
}

/** `alone`: nobody else; an id: the same person as that resource of another pool. Left out: as it is. */
export type SaidOf = ReadonlyMap<string, 'alone' | { readonly as: string }>;

/**
 * @param said of resources that are linked with no member
 * @param makeId of a person nobody has named before
 * @returns who is whom from now on: `workerId` by resource, null for who stands in one pool alone; or what is wrong with what was said
 */
export function samePerson(
  all: readonly Standing[],
  said: SaidOf,
  makeId: () => string,
): { workers: Map<string, string | null> } | { fault: 'unknown' | 'twice' } {
  const byId = new Map(all.map((one) => [one.id, one]));
  const ofMembers = new Set(all.flatMap(({ personId, workerId }) => (personId === null ? [] : (workerId ?? []))));
  const named = new Map<string, string>();
  for (const { id, personId, workerId } of all)
    if (personId === null && workerId !== null && !ofMembers.has(workerId)) named.set(id, workerId);
  for (const [id, word] of said) {
    named.delete(id);
    if (word === 'alone') continue;
    const other = byId.get(word.as);
    if (!other || other.personId !== null || byId.get(id)?.personId !== null || other.poolId === byId.get(id)?.poolId)
      return { fault: 'unknown' };
    const workerId = named.get(other.id) ?? makeId();
    named.set(other.id, workerId);
    named.set(id, workerId);
  }
  const workers = new Map<string, string | null>(all.map(({ id }) => [id, null]));
  for (const group of Map.groupBy(all, ({ id, personId }) => personId ?? named.get(id) ?? id).values()) {
    const active = group.filter((one) => one.active);
    // One member may look after several resources of a pool. But one person cannot be two resources of the same pool: that is a mistake.
    if (group[0]?.personId === null && new Set(active.map(({ poolId }) => poolId)).size < active.length) return { fault: 'twice' };
    if (new Set(group.map(({ poolId }) => poolId)).size < 2) continue;
    const known = group.map(({ id, personId, workerId }) => (personId === null ? named.get(id) : workerId)).find(Boolean);
    const workerId = known && (group[0]?.personId === null || ofMembers.has(known)) ? known : makeId();
    for (const { id } of group) workers.set(id, workerId);
  }
  return { workers };
}
