/** The best score of each offer, kept while a search goes through its groups: side by side in numbers, so that none is left to be collected. */

import { VERDICT_ORDER, type Verdict } from '../rules/judgement.ts';
import { type Measure, measureOf } from '../rules/measure.ts';
import type { Asked } from './group-facts.ts';
import type { KeptGroups } from './kept-groups.ts';
import type { Need } from './matching.ts';
import type { NeedIndex } from './need-index.ts';
import { type Parts, partsOf, type RowGroup } from './row-groups.ts';
import { blankCard, type ScoreCard, scoreCandidate } from './scoring.ts';

const VERDICTS: readonly Verdict[] = ['fits', 'review', 'near'];
const NEAR = VERDICT_ORDER.near;

/** One place per offer, used by one search after the other. */
export class OfferTable {
  /** Which search wrote the place last. */
  search = 0;
  writtenBy = new Int32Array(0);
  verdict = new Uint8Array(0);
  shortfall = new Float64Array(0);
  quality = new Float64Array(0);
  places = new Int32Array(0);
  /** Of a group scored by its numbers: which of its variants. */
  variant = new Uint16Array(0);
  /** What was looked at, where the group was scored by its rows. */
  readonly parts = new Map<number, Parts | null>();
  /** Offers written by this search. */
  seen = new Int32Array(0);
  seenCount = 0;
  /** Of those looked at so far, the ones that were near misses then: all that are now, and some that have become better. */
  near = new Int32Array(0);
  nearCount = 0;
  #looked = 0;

  readonly #groups: KeptGroups;

  constructor(groups: KeptGroups) {
    this.#groups = groups;
  }

  begin(size: number): void {
    this.search += 1;
    this.seenCount = 0;
    this.nearCount = 0;
    this.#looked = 0;
    this.parts.clear();
    if (this.writtenBy.length >= size) return;
    const room = size + (size >> 2);
    this.writtenBy = new Int32Array(room);
    this.verdict = new Uint8Array(room);
    this.shortfall = new Float64Array(room);
    this.quality = new Float64Array(room);
    this.places = new Int32Array(room);
    this.variant = new Uint16Array(room);
    this.seen = new Int32Array(room);
    this.near = new Int32Array(room);
  }

  /** Takes up what was written since it was last asked: of tens of thousands of offers, a few are near misses. */
  lookForNear(): void {
    for (; this.#looked < this.seenCount; this.#looked += 1) {
      const offer = this.seen[this.#looked]!;
      if (this.verdict[offer] === NEAR) this.near[this.nearCount++] = offer;
    }
  }

  /** As `compareScores` of the card with what is known of the offer. */
  beats({ verdict, shortfall, quality }: ScoreCard, place: number, offer: number): boolean {
    if (VERDICT_ORDER[verdict] !== this.verdict[offer]) return VERDICT_ORDER[verdict] < this.verdict[offer]!;
    if (shortfall !== this.shortfall[offer]!) return shortfall < this.shortfall[offer]!;
    if (quality !== this.quality[offer]!) return quality < this.quality[offer]!;
    return this.#groups.before(place, this.places[offer]!);
  }

  /** Whether one offer goes before another, as `compareScores`. Says so without a number: one with a fraction would have to be stored. */
  before(a: number, b: number): boolean {
    if (this.verdict[a] !== this.verdict[b]) return this.verdict[a]! < this.verdict[b]!;
    if (this.shortfall[a] !== this.shortfall[b]) return this.shortfall[a]! < this.shortfall[b]!;
    if (this.quality[a] !== this.quality[b]) return this.quality[a]! < this.quality[b]!;
    return this.#groups.before(this.places[a]!, this.places[b]!);
  }
}

/** The best score of each centre and instrument. */
export class Offers {
  readonly #table: OfferTable;
  readonly #index: NeedIndex;
  readonly #asked: Asked | null;
  readonly #measure: Measure;
  readonly #card: ScoreCard;
  /** The near misses as they were last put in order; undefined once an offer has changed. */
  #near: { limit: number; list: Int32Array } | undefined;

  constructor(index: NeedIndex, need: Need) {
    index.table.begin(index.groups.offers);
    this.#table = index.table;
    this.#index = index;
    this.#asked = index.facts.asked(need);
    this.#measure = measureOf(need);
    this.#card = blankCard({} as RowGroup);
  }

  /** Scores a candidate group and keeps it if it is its offer's best. */
  note(place: number): void {
    const table = this.#table;
    const card = this.#card;
    const { groups, facts } = this.#index;
    const told = this.#asked ? facts.score(this.#asked, place, card) : undefined;
    if (!(told ?? scoreCandidate(this.#measure, groups.at(place), card))) return;
    const offer = groups.offerAt(place);
    const known = table.writtenBy[offer] === table.search;
    if (known && !table.beats(card, place, offer)) return;
    this.#near = undefined;
    table.verdict[offer] = VERDICT_ORDER[card.verdict];
    table.shortfall[offer] = card.shortfall;
    table.quality[offer] = card.quality;
    table.places[offer] = place;
    table.variant[offer] = card.variant;
    if (told === undefined) table.parts.set(offer, card.parts);
    else if (known) table.parts.delete(offer);
    if (known) return;
    table.writtenBy[offer] = table.search;
    table.seen[table.seenCount++] = offer;
  }

  #scoreOf(offer: number): ScoreCard {
    const { verdict, shortfall, quality, places, parts, variant } = this.#table;
    const place = places[offer]!;
    const group = this.#index.groups.at(place);
    // A group without ranges is scored by its rows, and has no parts.
    const told = () => (this.#index.facts.isSeveral(place) ? partsOf(group)[variant[offer]!]! : null);
    return {
      group,
      verdict: VERDICTS[verdict[offer]!]!,
      shortfall: shortfall[offer]!,
      quality: quality[offer]!,
      parts: parts.has(offer) ? parts.get(offer)! : told(),
      variant: variant[offer]!,
    };
  }

  /** Whether the group's offer has something better than a near miss that misses by so much at least. */
  beats(place: number, shortfall: number): boolean {
    const table = this.#table;
    const offer = this.#index.groups.offerAt(place);
    return table.writtenBy[offer] === table.search && (table.verdict[offer] !== NEAR || table.shortfall[offer]! < shortfall);
  }

  /** The `limit` best of one side, best first. */
  best(side: 'fits' | 'near', limit: number): ScoreCard[] {
    return Array.from(side === 'near' ? this.#nearest(limit) : this.#best(side, limit), (offer) => this.#scoreOf(offer));
  }

  #nearest(limit: number): Int32Array {
    if (this.#near?.limit !== limit) this.#near = { limit, list: this.#best('near', limit) };
    return this.#near.list;
  }

  /** Without putting the others in order. */
  #best(side: 'fits' | 'near', limit: number): Int32Array {
    const table = this.#table;
    if (side === 'near') table.lookForNear();
    const [among, size] = side === 'near' ? [table.near, table.nearCount] : [table.seen, table.seenCount];
    const list = new Int32Array(Math.min(limit, size));
    let count = 0;
    // Of the last of a full list: most offers are worse by one of these numbers alone, many are equal by all.
    let [verdict, shortfall, quality, last] = [NEAR, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
    for (let i = 0; i < size && limit > 0; i += 1) {
      const offer = among[i]!;
      const own = table.verdict[offer]!;
      if ((own === NEAR) !== (side === 'near') || own > verdict) continue;
      if (count === list.length && own === verdict) {
        const [missing, worth] = [table.shortfall[offer]!, table.quality[offer]!];
        if (missing > shortfall || (missing === shortfall && worth > quality)) continue;
        if (missing === shortfall && worth === quality && !this.#index.groups.before(table.places[offer]!, last)) continue;
      }
      let low = 0;
      let high = count;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (table.before(offer, list[middle]!)) high = middle;
        else low = middle + 1;
      }
      if (count < list.length) count += 1;
      list.copyWithin(low + 1, low, count - 1);
      list[low] = offer;
      if (count < list.length) continue;
      const end = list[count - 1]!;
      [verdict, shortfall, quality, last] = [table.verdict[end]!, table.shortfall[end]!, table.quality[end]!, table.places[end]!];
    }
    return list.subarray(0, count);
  }

  /** By how much the last of `limit` near misses misses; endlessly while there are fewer. */
  shortfallOf(limit: number): number {
    if (limit === 0) return 0;
    const last = this.#nearest(limit)[limit - 1];
    return last === undefined ? Number.POSITIVE_INFINITY : this.#table.shortfall[last]!;
  }
}
