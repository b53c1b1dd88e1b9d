/**
 * Capabilities held in memory for search by need: groups of interchangeable rows under their instrument, measurand and kind of quantity,
 * so that a need looks only at rows that speak of it. Kept current by `upsert` and `remove`; never reads a database itself.
 */
import type { Capability } from '../rules/capability.ts';
import { GroupFacts } from './group-facts.ts';
import { KeptGroups } from './kept-groups.ts';
import { KeptRows } from './kept-rows.ts';
import type { Need } from './matching.ts';
import { OfferTable } from './offers.ts';
import { Sieve } from './sieve.ts';

export interface NeedIndex {
  rows: KeptRows;
  groups: KeptGroups;
  facts: GroupFacts;
  /** What one search after the other works on: a search that made its own would leave it to be collected. */
  table: OfferTable;
  sieve: Sieve;
}

export function emptyIndex(): NeedIndex {
  const rows = new KeptRows();
  const groups = new KeptGroups(rows);
  return { rows, groups, facts: new GroupFacts(groups), table: new OfferTable(groups), sieve: new Sieve() };
}

/** An index over `rows`, in any order; of rows with the same id the last counts. */
export function buildIndex(rows: Iterable<Capability>): NeedIndex {
  const index = emptyIndex();
  for (const row of rows) upsert(index, row);
  return index;
}

/** Adds a row, or replaces the row of the same id. @returns whether a name came or went with it */
export function upsert(index: NeedIndex, capability: Capability): boolean {
  const { places, renamed } = place(index, capability);
  for (const changed of places) rebuild(index, changed);
  return renamed;
}

/** The same in two steps, for many rows: first each in its place, then each of the places. */
export function place({ rows, groups }: NeedIndex, capability: Capability): { places: number[]; renamed: boolean } {
  const { row, renamed } = rows.put(capability);
  return { places: groups.put(row, capability), renamed };
}

/** Removes a row. @returns false for an id that no row has */
export function remove(index: NeedIndex, id: string): boolean {
  const row = index.rows.numberOf(id);
  if (!index.rows.has(row)) return false;
  const left = index.groups.leave(row);
  index.rows.remove(row);
  rebuild(index, left);
  return true;
}

/** The numbers of a group whose rows changed. */
export function rebuild({ groups, facts }: NeedIndex, at: number): void {
  if (!groups.lives(at)) {
    facts.drop(at);
    return;
  }
  const group = groups.at(at);
  groups.designate(group);
  facts.put(group);
}

/** The narrowest sets of places that hold every candidate, and some where no row is any more. */
export function candidatePlaces({ groups }: NeedIndex, need: Need): Int32Array[] {
  if (need.instruments.length > 0) return [...new Set(need.instruments)].map((name) => groups.byInstrument(name));
  if (need.measurands.length > 0) return [...new Set(need.measurands)].map((name) => groups.byMeasurand(name));
  if (need.unit !== null) return [groups.byKind(need.unit.kind)];
  return [Int32Array.from({ length: groups.end }, (_, i) => i)];
}
