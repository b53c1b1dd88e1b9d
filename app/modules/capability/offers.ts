/** The best score of each offer, kept while a search goes through its groups: side by side in numbers, so that none is left to be collected. */
import type { Asked, GroupFacts } from './group-facts.ts';
import { type Need, VERDICT_ORDER, type Verdict } from './matching.ts';
import type { Parts, RowGroup } from './row-groups.ts';
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
  groups: (RowGroup | undefined)[] = [];
  parts: (Parts | null)[] = [];
  /** Offers written by this search. */
  seen = new Int32Array(0);
  seenCount = 0;

  begin(size: number): void {
    this.search += 1;
    this.seenCount = 0;
    if (this.writtenBy.length >= size) return;
    this.writtenBy = new Int32Array(2 * size);
    this.verdict = new Uint8Array(2 * size);
    this.shortfall = new Float64Array(2 * size);
    this.quality = new Float64Array(2 * size);
    this.seen = new Int32Array(2 * size);
  }

  /** As `compareScores` of the card with what is known of the offer. */
  beats({ verdict, shortfall, quality, group }: ScoreCard, offer: number): boolean {
    const byVerdict = VERDICT_ORDER[verdict] - this.verdict[offer]! || shortfall - this.shortfall[offer]!;
    if (byVerdict !== 0) return byVerdict < 0;
    if (quality !== this.quality[offer]!) return quality < this.quality[offer]!;
    return group.key < this.groups[offer]!.key;
  }

  /** As `compareScores`, of what is known of two offers. */
  compare(a: number, b: number): number {
    const byVerdict = this.verdict[a]! - this.verdict[b]! || this.shortfall[a]! - this.shortfall[b]!;
    if (byVerdict !== 0) return byVerdict;
    const [qualityA, qualityB] = [this.quality[a]!, this.quality[b]!];
    if (qualityA !== qualityB) return qualityA - qualityB;
    const [keyA, keyB] = [this.groups[a]!.key, this.groups[b]!.key];
    return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
  }
}

/** The best score of each centre and instrument. */
export class Offers {
  readonly #table: OfferTable;
  readonly #facts: GroupFacts;
  readonly #asked: Asked | null;
  readonly #need: Need;
  readonly #card: ScoreCard;

  constructor(table: OfferTable, size: number, facts: GroupFacts, need: Need) {
    table.begin(size);
    this.#table = table;
    this.#facts = facts;
    this.#asked = facts.asked(need);
    this.#need = need;
    this.#card = blankCard({} as RowGroup);
  }

  /** Scores a candidate group and keeps it if it is its offer's best. */
  note(group: RowGroup): void {
    const table = this.#table;
    const card = this.#card;
    const told = this.#asked ? this.#facts.score(this.#asked, group, card) : undefined;
    if (!(told ?? scoreCandidate(this.#need, group, card))) return;
    const { offer } = group;
    const known = table.writtenBy[offer] === table.search;
    if (known && !table.beats(card, offer)) return;
    table.verdict[offer] = VERDICT_ORDER[card.verdict];
    table.shortfall[offer] = card.shortfall;
    table.quality[offer] = card.quality;
    table.groups[offer] = card.group;
    table.parts[offer] = card.parts;
    if (known) return;
    table.writtenBy[offer] = table.search;
    table.seen[table.seenCount++] = offer;
  }

  #scoreOf(offer: number): ScoreCard {
    const { verdict, shortfall, quality, groups, parts } = this.#table;
    return {
      group: groups[offer]!,
      verdict: VERDICTS[verdict[offer]!]!,
      shortfall: shortfall[offer]!,
      quality: quality[offer]!,
      parts: parts[offer] ?? null,
    };
  }

  /** Whether the group's offer has something better than a near miss that misses by so much at least. */
  beats({ offer }: RowGroup, shortfall: number): boolean {
    const table = this.#table;
    return table.writtenBy[offer] === table.search && (table.verdict[offer] !== NEAR || table.shortfall[offer]! < shortfall);
  }

  /** The `limit` best of one side, best first. */
  best(side: 'fits' | 'near', limit: number): ScoreCard[] {
    return Array.from(this.#best(side, limit), (offer) => this.#scoreOf(offer));
  }

  /** Without putting the others in order. */
  #best(side: 'fits' | 'near', limit: number): Int32Array {
    const table = this.#table;
    const list = new Int32Array(Math.min(limit, table.seenCount));
    let count = 0;
    for (let i = 0; i < table.seenCount && limit > 0; i += 1) {
      const offer = table.seen[i]!;
      if ((table.verdict[offer] === NEAR) !== (side === 'near')) continue;
      if (count === list.length && table.compare(offer, list[count - 1]!) >= 0) continue;
      let low = 0;
      let high = count;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (table.compare(offer, list[middle]!) < 0) high = middle;
        else low = middle + 1;
      }
      if (count < list.length) count += 1;
      list.copyWithin(low + 1, low, count - 1);
      list[low] = offer;
    }
    return list.subarray(0, count);
  }

  /** By how much the last of `limit` near misses misses; endlessly while there are fewer. */
  shortfallOf(limit: number): number {
    if (limit === 0) return 0;
    const last = this.#best('near', limit)[limit - 1];
    return last === undefined ? Number.POSITIVE_INFINITY : this.#table.shortfall[last]!;
  }
}
