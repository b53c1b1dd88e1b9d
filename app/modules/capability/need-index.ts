/**
 * Capabilities held in memory for search by need: groups of interchangeable rows under their instrument, measurand and kind of quantity,
 * so that a need looks only at rows that speak of it. Kept current by `upsert` and `remove`; never reads a database itself.
 */
import { type Capability, groupKey } from './capability.ts';
import { type Asked, GroupFacts, NO_CANDIDATE } from './group-facts.ts';
import { explain, type Match } from './match-reasons.ts';
import { assess, isCandidate, misses, type Need, type Score, statedBy } from './matching.ts';
import { Offers, type OfferTable, offerTable } from './offers.ts';
import { buildGroup, type RowGroup } from './row-groups.ts';
import { blankCard, leastShortfall, rowsBehind, type ScoreCard, score } from './scoring.ts';

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
  /** By centre and instrument: what is one offer. */
  byOffer: Map<string, GroupMap>;
  /** Offers numbered, so that the best of each is kept in an array; a number stays its offer's for good. */
  numberOf: Map<string, number>;
  table: OfferTable;
  facts: GroupFacts;
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
    table: offerTable(),
    facts: new GroupFacts(),
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
      index.facts.give(old.place);
      for (const [map, name] of placesOf(index, old)) drop(map, name, key);
    }
    return;
  }
  const group = buildGroup(key, [...rows.values()]);
  group.offer = numbered(index, offerKey(group));
  group.place = old?.place ?? index.facts.take();
  index.facts.put(group);
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

const offerKey = ({ centreId, instrument }: RowGroup) => `${centreId}\u0000${instrument}`;

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

/**
 * What fits the need and what nearly does, one entry per centre and instrument, at most `limit` and `nearLimit` of them.
 * `centres` restricts to those centres (place, delivery mode, accreditation: decided by the caller).
 *
 * Groups that may fit are all scored. Those that cannot are near misses at best: they are scored from the nearest on, until what is
 * left must miss by more than the last one shown.
 */
export function findMatches(
  index: NeedIndex,
  need: Need,
  { limit, nearLimit = limit, centres }: { limit: number; nearLimit?: number; centres?: Pick<ReadonlySet<string>, 'has'> },
): NeedMatches {
  const shortfallOf = shortfalls(index, need);
  const offers = new Offers(index.table, index.numberOf.size, index.facts, need);
  const short: RowGroup[] = [];
  const missing: number[] = [];
  const look = (group: RowGroup) => {
    if (centres && !centres.has(group.centreId)) return;
    const shortfall = shortfallOf(group);
    if (shortfall === 0) offers.note(group);
    else if (shortfall > 0) {
      short.push(group);
      missing.push(shortfall);
    }
  };
  for (const groups of candidates(index, need)) groups.forEach(look);
  scoreNearest(offers, short, missing, nearLimit);
  const matchOf = (best: ScoreCard) => new Found(index, need, { ...best });
  return { fits: offers.best('fits', limit).map(matchOf), nearMisses: offers.best('near', nearLimit).map(matchOf) };
}

/** A match that is worked out as far as it is looked at: of two hundred found, thirty are shown. */
class Found implements OfferMatch {
  readonly #index: NeedIndex;
  readonly #need: Need;
  readonly #best: ScoreCard;
  #match: Match | undefined;

  constructor(index: NeedIndex, need: Need, best: ScoreCard) {
    this.#index = index;
    this.#need = need;
    this.#best = best;
  }

  get #whole(): Match {
    this.#match ??= explain(this.#need, assess(this.#need, this.#best.group)!);
    return this.#match;
  }
  get verdict() {
    return this.#best.verdict;
  }
  get shortfall() {
    return this.#best.shortfall;
  }
  get centreId() {
    return this.#best.group.centreId;
  }
  get capabilityIds() {
    return rowsBehind(this.#need, this.#best).map((row) => row.id);
  }
  get instrumentZh() {
    return this.#whole.instrumentZh;
  }
  get instrumentEn() {
    return this.#whole.instrumentEn;
  }
  get measurandZh() {
    return this.#whole.measurandZh;
  }
  get method() {
    return this.#whole.method;
  }
  get u() {
    return this.#whole.u;
  }
  get tur() {
    return this.#whole.tur;
  }
  get reasons() {
    return this.#whole.reasons;
  }
  get alternatives() {
    return alternatives(this.#index, this.#need, this.#best);
  }
}

/** The least shortfall of a group; NO_CANDIDATE where it does not speak of what is asked. */
function shortfalls({ facts }: NeedIndex, need: Need): (group: RowGroup) => number {
  const parameters = need.parameters.length > 0;
  // Parameters only add to what is missing: where every row states one otherwise, a whole unit.
  const asked = facts.asked(parameters ? { ...need, parameters: [] } : need);
  const known = asked ? knownBy(facts, asked, need) : byRows(need);
  if (!parameters) return known;
  return (group) => {
    const shortfall = known(group);
    return shortfall >= 0 && elsewhere(need, group) ? shortfall + 1 : shortfall;
  };
}

const elsewhere = (need: Need, { tabled, variants }: RowGroup) => !tabled && variants.every((rows) => statedBy(need, rows[0]!).outside > 0);

function knownBy(facts: GroupFacts, asked: Asked, need: Need): (group: RowGroup) => number {
  const anyMeasurand = need.measurands.length === 0;
  return (group) => (anyMeasurand || need.measurands.includes(group.measurand) ? facts.shortfall(asked, group.place) : NO_CANDIDATE);
}

function byRows(need: Need): (group: RowGroup) => number {
  const least = leastShortfall(need);
  return (group) => (!isCandidate(need, group) || misses(need.extent, group.hull) ? NO_CANDIDATE : least(group));
}

/** Twice as many as are shown, then twice as many as before: each time, what is known is put in order. */
function scoreNearest(offers: Offers, groups: RowGroup[], shortfalls: number[], limit: number): void {
  const ascending = Float64Array.from(shortfalls).sort();
  let above = -1;
  for (let upTo = Math.max(1, 2 * limit); above < ascending[ascending.length - 1]! && above < offers.shortfallOf(limit); upTo *= 2) {
    const nearest = ascending[Math.min(upTo, ascending.length) - 1]!;
    for (let i = 0; i < groups.length; i += 1) {
      const shortfall = shortfalls[i]!;
      if (shortfall > above && shortfall <= nearest && !offers.beats(groups[i]!, shortfall)) offers.note(groups[i]!);
    }
    above = nearest;
  }
}

/** Other groups of the centre and instrument that answer as well: fits beside a fit, near misses beside a near miss. */
function alternatives(index: NeedIndex, need: Need, best: Score): number {
  let count = 0;
  const card = blankCard(best.group);
  for (const group of index.byOffer.get(offerKey(best.group))?.values() ?? []) {
    if (group === best.group) continue;
    if (score(need, group, card) && (card.verdict === 'near') === (best.verdict === 'near')) count += 1;
  }
  return count;
}
