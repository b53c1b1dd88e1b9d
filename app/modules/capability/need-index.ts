/**
 * Capabilities held in memory for search by need: groups of interchangeable rows under their instrument, measurand and kind of quantity,
 * so that a need looks only at rows that speak of it. Kept current by `upsert` and `remove`; never reads a database itself.
 */
import { type Capability, groupKey } from './capability.ts';
import { explain, type Match } from './match-reasons.ts';
import { assess, compareScores, type Need, type Score } from './matching.ts';
import { buildGroup, type RowGroup } from './row-groups.ts';
import { score } from './scoring.ts';

type GroupMap = Map<string, RowGroup>;

export interface NeedIndex {
  /** Row id → its group's key. */
  keyOf: Map<string, string>;
  /** Group key → its rows by id. */
  members: Map<string, Map<string, Capability>>;
  groups: GroupMap;
  byInstrument: Map<string, GroupMap>;
  byMeasurand: Map<string, GroupMap>;
  byKind: Map<string, GroupMap>;
}

/** The best match of one centre for one instrument. */
export interface OfferMatch extends Match {
  /** Further groups of the same centre and instrument (other measurands or methods) that answer the need too. */
  alternatives: number;
}

export interface NeedMatches {
  /** Fits, then those a person must look at, best first. */
  fits: OfferMatch[];
  /** Centres that only just miss, least missing first. */
  nearMisses: OfferMatch[];
  /** How many centres × instruments there are beyond the lists too. */
  fitCount: number;
  nearMissCount: number;
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
    if (old) for (const [map, name] of placesOf(index, old)) drop(map, name, key);
    return;
  }
  const group = buildGroup(key, [...rows.values()]);
  index.groups.set(key, group);
  for (const [map, name] of placesOf(index, group)) {
    const groups = map.get(name);
    if (groups) groups.set(key, group);
    else map.set(name, new Map([[key, group]]));
  }
}

/** Capabilities without a range have no kind and are found by their instrument only. */
function placesOf(index: NeedIndex, group: RowGroup): [Map<string, GroupMap>, string][] {
  const places: [Map<string, GroupMap>, string][] = [
    [index.byInstrument, group.instrument],
    [index.byMeasurand, group.measurand],
  ];
  if (group.kind !== null) places.push([index.byKind, group.kind]);
  return places;
}

function drop(map: Map<string, GroupMap>, name: string, key: string): void {
  const groups = map.get(name);
  groups?.delete(key);
  if (groups?.size === 0) map.delete(name);
}

/** The narrowest set of groups that holds every candidate. */
function candidates(index: NeedIndex, need: Need): GroupMap[] {
  const named = (map: Map<string, GroupMap>, names: readonly string[]) => [...new Set(names)].flatMap((name) => map.get(name) ?? []);
  if (need.instruments.length > 0) return named(index.byInstrument, need.instruments);
  if (need.measurands.length > 0) return named(index.byMeasurand, need.measurands);
  return need.unit === null ? [index.groups] : named(index.byKind, [need.unit.kind]);
}

interface Offer {
  best: Score;
  answering: number;
}

/**
 * What fits the need and what nearly does, one entry per centre and instrument, at most `limit` of each.
 * `centres` restricts to those centres (place, delivery mode, accreditation: decided by the caller).
 */
export function findMatches(
  index: NeedIndex,
  need: Need,
  { limit, centres }: { limit: number; centres?: ReadonlySet<string> },
): NeedMatches {
  const offers = new Map<string, Map<string, Offer>>();
  for (const groups of candidates(index, need)) {
    for (const group of groups.values()) {
      if (centres && !centres.has(group.centreId)) continue;
      const scored = score(need, group);
      if (scored) note(offers, scored);
    }
  }
  const fits = new Best(limit);
  const near = new Best(limit);
  for (const ofCentre of offers.values()) for (const offer of ofCentre.values()) (offer.best.verdict === 'near' ? near : fits).add(offer);
  const matchOf = ({ best, answering }: Offer): OfferMatch => ({
    ...explain(need, assess(need, best.group)!),
    alternatives: answering - 1,
  });
  return { fits: fits.list.map(matchOf), nearMisses: near.list.map(matchOf), fitCount: fits.count, nearMissCount: near.count };
}

/** Two levels of maps rather than a joined key: no string is built per candidate. */
function note(offers: Map<string, Map<string, Offer>>, scored: Score): void {
  const { centreId, instrument } = scored.group;
  let ofCentre = offers.get(centreId);
  if (!ofCentre) {
    ofCentre = new Map();
    offers.set(centreId, ofCentre);
  }
  const offer = ofCentre.get(instrument);
  if (!offer) {
    ofCentre.set(instrument, { best: scored, answering: 1 });
    return;
  }
  // A near miss is no alternative to a fit.
  const sameSide = (offer.best.verdict === 'near') === (scored.verdict === 'near');
  if (compareScores(scored, offer.best) < 0) {
    offer.answering = sameSide ? offer.answering + 1 : 1;
    offer.best = scored;
  } else if (sameSide) offer.answering += 1;
}

/** The `limit` best of many without sorting them all. */
class Best {
  readonly list: Offer[] = [];
  count = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(offer: Offer): void {
    this.count += 1;
    const { list } = this;
    if (list.length >= this.#limit && (this.#limit === 0 || compareScores(offer.best, list[list.length - 1]!.best) >= 0)) return;
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareScores(offer.best, list[middle]!.best) < 0) high = middle;
      else low = middle + 1;
    }
    list.splice(low, 0, offer);
    if (list.length > this.#limit) list.pop();
  }
}
