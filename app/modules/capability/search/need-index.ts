/**
 * Capabilities held in memory for search by need: groups of interchangeable rows under their instrument, measurand and kind of quantity,
 * so that a need looks only at rows that speak of it. Kept current by `upsert` and `remove`; never reads a database itself.
 */
import { type Capability, groupKey } from '../rules/capability.ts';
import { GroupFacts } from './group-facts.ts';
import type { Need } from './matching.ts';
import { OfferTable } from './offers.ts';
import { buildGroup, type RowGroup } from './row-groups.ts';
import { Sieve } from './sieve.ts';

type GroupMap = Map<string, RowGroup>;

/** Groups found under one name. */
class Bucket {
  readonly groups: GroupMap = new Map();
  #places: Int32Array | undefined;

  put(group: RowGroup): void {
    // A group that is built anew keeps its place.
    if (!this.groups.has(group.key)) this.#places = undefined;
    this.groups.set(group.key, group);
  }

  drop(key: string): void {
    if (this.groups.delete(key)) this.#places = undefined;
  }

  /** Their places in a row, for a search to run through: put together after a change, when first asked for. */
  get places(): Int32Array {
    this.#places ??= Int32Array.from(this.groups.values(), ({ place }) => place);
    return this.#places;
  }
}
type Buckets = Map<string, Bucket>;

export interface NeedIndex {
  /** Row id → its group's key. */
  keyOf: Map<string, string>;
  /** Group key → its rows by id. */
  members: Map<string, Map<string, Capability>>;
  groups: GroupMap;
  byInstrument: Buckets;
  byMeasurand: Buckets;
  byKind: Buckets;
  /** By centre and instrument: what is one offer. */
  byOffer: Buckets;
  /** Offers numbered, so that the best of each is kept in an array; a number stays its offer's for good. */
  numberOf: Map<string, number>;
  facts: GroupFacts;
  /** What one search after the other works on: a search that made its own would leave it to be collected. */
  table: OfferTable;
  sieve: Sieve;
}

/** An index over `rows`, in any order; of rows with the same id the last counts. */
export function buildIndex(rows: Iterable<Capability>): NeedIndex {
  const index: NeedIndex = {
    keyOf: new Map(),
    members: new Map(),
    groups: new Map(),
    byInstrument: new Map(),
    byMeasurand: new Map(),
    byKind: new Map(),
    byOffer: new Map(),
    numberOf: new Map(),
    facts: new GroupFacts(),
    table: new OfferTable(),
    sieve: new Sieve(),
  };
  for (const row of rows) place(index, row);
  for (const key of index.members.keys()) rebuild(index, key);
  return index;
}

/** Adds a row, or replaces the row of the same id. */
export function upsert(index: NeedIndex, row: Capability): void {
  const before = place(index, row);
  if (before !== null) rebuild(index, before);
  rebuild(index, groupKey(row));
}

/** Removes a row; unknown ids are ignored. */
export function remove(index: NeedIndex, id: string): void {
  const key = index.keyOf.get(id);
  if (key === undefined) return;
  index.keyOf.delete(id);
  index.members.get(key)?.delete(id);
  rebuild(index, key);
}

/** Puts the row among its group's members; the key of the other group it left, or null. */
function place(index: NeedIndex, row: Capability): string | null {
  const key = groupKey(row);
  const before = index.keyOf.get(row.id);
  if (before !== undefined && before !== key) index.members.get(before)?.delete(row.id);
  index.keyOf.set(row.id, key);
  const rows = index.members.get(key);
  if (rows) rows.set(row.id, row);
  else index.members.set(key, new Map([[row.id, row]]));
  return before !== undefined && before !== key ? before : null;
}

function rebuild(index: NeedIndex, key: string): void {
  const rows = index.members.get(key);
  const old = index.groups.get(key);
  if (!rows || rows.size === 0) {
    index.members.delete(key);
    index.groups.delete(key);
    if (old) {
      for (const [map, name] of placesOf(index, old)) drop(map, name, key);
      index.facts.give(old.place);
    }
    return;
  }
  const group = buildGroup(key, [...rows.values()]);
  group.offer = numbered(index, offerKey(group));
  group.place = old?.place ?? index.facts.take();
  index.facts.put(group);
  index.groups.set(key, group);
  for (const [map, name] of placesOf(index, group)) {
    const bucket = map.get(name) ?? new Bucket();
    map.set(name, bucket);
    bucket.put(group);
  }
}

/** Capabilities without a range have no kind and are found by their instrument only. */
function placesOf(index: NeedIndex, group: RowGroup): [Buckets, string][] {
  const places: [Buckets, string][] = [
    [index.byInstrument, group.instrument],
    [index.byMeasurand, group.measurand],
    [index.byOffer, offerKey(group)],
  ];
  if (group.kind !== null) places.push([index.byKind, group.kind]);
  return places;
}

function numbered(index: NeedIndex, key: string): number {
  const number = index.numberOf.get(key) ?? index.numberOf.size;
  index.numberOf.set(key, number);
  return number;
}

export const offerKey = ({ centreId, instrument }: RowGroup) => `${centreId}\u0000${instrument}`;

function drop(map: Buckets, name: string, key: string): void {
  const bucket = map.get(name);
  bucket?.drop(key);
  if (bucket?.groups.size === 0) map.delete(name);
}

/** The narrowest sets of places that hold every candidate. */
export function candidatePlaces(index: NeedIndex, need: Need): Int32Array[] {
  const named = (map: Buckets, names: readonly string[]) => [...new Set(names)].flatMap((name) => map.get(name)?.places ?? []);
  if (need.instruments.length > 0) return named(index.byInstrument, need.instruments);
  if (need.measurands.length > 0) return named(index.byMeasurand, need.measurands);
  if (need.unit !== null) return named(index.byKind, [need.unit.kind]);
  return [Int32Array.from(index.groups.values(), ({ place }) => place)];
}
