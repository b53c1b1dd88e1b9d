/** The best score of each offer, kept while a search goes through its groups. */
import type { Asked, GroupFacts } from './group-facts.ts';
import { compareScores, type Need } from './matching.ts';
import type { RowGroup } from './row-groups.ts';
import { blankCard, type ScoreCard, scoreCandidate } from './scoring.ts';

/** One place per offer, used by one search after the other: a search that made its own would leave 300 kB to be collected. */
export interface OfferTable {
  /** Which search wrote the place last. */
  search: number;
  writtenBy: Int32Array;
  best: ScoreCard[];
  /** What has just been scored; it changes places with the best it beats. */
  spare: ScoreCard | undefined;
}

export const offerTable = (): OfferTable => ({ search: 0, writtenBy: new Int32Array(0), best: [], spare: undefined });

/** The best score of each centre and instrument. */
export class Offers {
  readonly #table: OfferTable;
  readonly #seen: number[] = [];

  readonly #facts: GroupFacts;
  readonly #asked: Asked | null;
  readonly #need: Need;

  constructor(table: OfferTable, size: number, facts: GroupFacts, need: Need) {
    table.search += 1;
    if (table.writtenBy.length < size) table.writtenBy = new Int32Array(2 * size);
    this.#table = table;
    this.#facts = facts;
    this.#asked = facts.asked(need);
    this.#need = need;
  }

  /** Scores a candidate group and keeps it if it is its offer's best. */
  note(group: RowGroup): void {
    const table = this.#table;
    const card = table.spare ?? blankCard(group);
    table.spare = card;
    const told = this.#asked ? this.#facts.score(this.#asked, group, card) : undefined;
    if (!(told ?? scoreCandidate(this.#need, group, card))) return;
    const { offer } = group;
    const known = table.writtenBy[offer] === table.search;
    if (known && compareScores(card, table.best[offer]!) >= 0) return;
    table.spare = table.best[offer];
    table.best[offer] = card;
    if (known) return;
    table.writtenBy[offer] = table.search;
    this.#seen.push(offer);
  }

  /** Whether the group's offer has something better than a near miss that misses by so much at least. */
  beats({ offer }: RowGroup, shortfall: number): boolean {
    const { search, writtenBy, best } = this.#table;
    return writtenBy[offer] === search && (best[offer]!.verdict !== 'near' || best[offer]!.shortfall < shortfall);
  }

  /** The `limit` best of one side, best first, without putting the others in order. */
  best(side: 'fits' | 'near', limit: number): ScoreCard[] {
    const list: ScoreCard[] = [];
    if (limit === 0) return list;
    for (const offer of this.#seen) {
      const one = this.#table.best[offer]!;
      const last = list[limit - 1];
      if ((one.verdict === 'near') !== (side === 'near') || (last && compareScores(one, last) >= 0)) continue;
      let low = 0;
      let high = list.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (compareScores(one, list[middle]!) < 0) high = middle;
        else low = middle + 1;
      }
      list.splice(low, 0, one);
      if (list.length > limit) list.pop();
    }
    return list;
  }

  /** By how much the last of `limit` near misses misses; endlessly while there are fewer. */
  shortfallOf(limit: number): number {
    return this.best('near', limit)[limit - 1]?.shortfall ?? (limit === 0 ? 0 : Number.POSITIVE_INFINITY);
  }
}
