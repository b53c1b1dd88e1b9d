/** A search by need in an index: what fits, and what nearly does. */

import { standingOf } from '../rules/designation.ts';
import { leastShortfall, measureOf } from '../rules/measure.ts';
import { sureExtent } from '../rules/stretches.ts';
import { withOtherReference } from '../rules/units/pressure-reference.ts';
import { explain, type Match, otherPressure, shownVerdict } from './match-reasons.ts';
import { assess, isCandidate, isDirectForAlternating, misses, type Need, type Score } from './matching.ts';
import { candidatePlaces, type NeedIndex } from './need-index.ts';
import { Offers } from './offers.ts';
import type { RowGroup } from './row-groups.ts';
import { blankCard, rowsBehind, type ScoreCard, score } from './scoring.ts';
import type { Sieve } from './sieve.ts';
import { outsideOf, statedBy } from './stated-parameters.ts';

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

/**
 * What fits the need and what nearly does, one entry per centre and instrument, at most `limit` and `nearLimit` of them.
 * `centres` restricts to those centres (place, delivery mode, accreditation: decided by the caller).
 *
 * Of a need for pressure, rows of the other kind (absolute, gauge) are among the near misses, for what has no row of the kind asked.
 *
 * Groups that may fit are all scored. Those that cannot are near misses at best: they are scored from the nearest on, until what is
 * left must miss by more than the last one shown.
 */
export function findMatches(index: NeedIndex, need: Need, { limit, nearLimit = limit, centres }: Bounds): NeedMatches {
  const { fits, nearMisses } = search(index, need, { limit, nearLimit, centres });
  const otherwise = nearLimit > 0 ? withOtherReference(need) : null;
  if (!otherwise?.unit || index.groups.byKind(otherwise.unit.kind).length === 0) return { fits, nearMisses };
  const answered = new Set([...fits, ...nearMisses].map(({ offer }) => offer));
  const found = search(index, otherwise, { limit: nearLimit, nearLimit, centres, otherPressure: true });
  const others = [...found.fits, ...found.nearMisses].filter(({ offer }) => !answered.has(offer));
  return { fits, nearMisses: [...nearMisses, ...others].sort((a, b) => a.shortfall - b.shortfall).slice(0, nearLimit) };
}

interface Bounds {
  limit: number;
  nearLimit?: number;
  centres?: Pick<ReadonlySet<string>, 'has'> | undefined;
}

type Search = Bounds & { nearLimit: number; otherPressure?: boolean };

function search(index: NeedIndex, need: Need, { limit, nearLimit, centres, otherPressure = false }: Search) {
  const { sieve } = index;
  sift(index, need, centres);
  const offers = new Offers(index, need);
  for (let i = 0; i < sieve.openCount; i += 1) offers.note(sieve.open[i]!);
  if (nearLimit > 0) scoreNearest(offers, sieve, nearLimit);
  const matchOf = (best: ScoreCard) => new Found(index, need, best, otherPressure);
  return { fits: offers.best('fits', limit).map(matchOf), nearMisses: offers.best('near', nearLimit).map(matchOf) };
}

/** A match that is worked out as far as it is looked at: of two hundred found, thirty are shown. */
class Found implements OfferMatch {
  readonly #index: NeedIndex;
  readonly #need: Need;
  readonly #best: ScoreCard;
  /** It answers the need with the other kind of pressure: a near miss at best, and it says so first. */
  readonly #otherPressure: boolean;
  #match: Match | undefined;

  constructor(index: NeedIndex, need: Need, best: ScoreCard, otherPressure: boolean) {
    this.#index = index;
    this.#need = need;
    this.#best = best;
    this.#otherPressure = otherPressure;
  }

  /** What it is the best match of. */
  get offer(): string {
    return `${this.#best.group.centreId}\u0000${this.#best.group.instrument}`;
  }
  get #whole(): Match {
    this.#match ??= explain(this.#need, assess(this.#need, this.#best.group)!);
    return this.#match;
  }
  get verdict() {
    return this.#otherPressure ? 'near' : shownVerdict(this.#need, this.#best.verdict);
  }
  get shortfall() {
    return this.#best.shortfall + (this.#otherPressure ? 1 : 0);
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
  get measurandEn() {
    return this.#whole.measurandEn;
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
    const { reasons } = this.#whole;
    return this.#otherPressure ? [otherPressure(rowsBehind(this.#need, this.#best)), ...reasons] : reasons;
  }
  get alternatives() {
    return alternatives(this.#index, this.#need, this.#best);
  }
}

const NO_CANDIDATE = -1;

/** Fills the sieve: every candidate, with the least it misses by. */
function sift(index: NeedIndex, need: Need, centres: Pick<ReadonlySet<string>, 'has'> | undefined): void {
  const { facts, groups, sieve } = index;
  sieve.begin(groups.end);
  // Parameters only add to what is missing: where every row states one otherwise, a whole unit.
  const { sureFrom: _, ...sure } = { ...need, extent: sureExtent(need), parameters: [] };
  const asked = facts.asked(sure);
  const least = leastShortfall(need);
  for (const places of candidatePlaces(index, need)) {
    if (asked) facts.sift(asked, places, sieve);
    else for (const place of places) if (groups.lives(place)) sieve.add(place, byRows(need, groups.at(place), least));
  }
  if (!centres && need.measurands.length === 0 && need.parameters.length === 0 && need.designation === null) return;
  sieve.again((place) => {
    if (centres && !centres.has(groups.centreAt(place))) return NO_CANDIDATE;
    if (need.measurands.length > 0 && !need.measurands.includes(groups.measurandAt(place))) return NO_CANDIDATE;
    if (need.parameters.length > 0 && isDirectForAlternating(need, groups.at(place))) return NO_CANDIDATE;
    const other = need.designation && standingOf(groups.designationAt(place), need.designation) === 'other';
    return (need.parameters.length > 0 && elsewhere(need, groups.at(place)) ? 1 : 0) + (other ? 1 : 0);
  });
}

const byRows = (need: Need, group: RowGroup, least: (group: RowGroup) => number) =>
  !isCandidate(need, group) || misses(sureExtent(need), group.hull) ? NO_CANDIDATE : least(group);

/** Every row states a parameter otherwise. */
function elsewhere(need: Need, { tabled, variants }: RowGroup): boolean {
  if (tabled) return false;
  for (const rows of variants) if (outsideOf(statedBy(need, rows[0]!)) === 0) return false;
  return true;
}

/** Twice as many as are shown, then four times as many as before: each time, what is known is put in order. */
function scoreNearest(offers: Offers, sieve: Sieve, limit: number): void {
  let above = -1;
  const last = sieve.nthMissing(sieve.shortCount);
  for (let upTo = Math.max(1, 2 * limit); above < last && above < offers.shortfallOf(limit); upTo *= 4) {
    const nearest = sieve.nthMissing(upTo);
    for (let i = 0; i < sieve.shortCount; i += 1) {
      const shortfall = sieve.missing[i]!;
      if (!(shortfall > above && shortfall <= nearest)) continue;
      const place = sieve.short[i]!;
      if (!offers.beats(place, shortfall)) offers.note(place);
    }
    above = nearest;
  }
}

/** Other groups of the centre and instrument that answer as well: fits beside a fit, near misses beside a near miss. */
function alternatives({ groups }: NeedIndex, need: Need, best: Score): number {
  let count = 0;
  const card = blankCard(best.group);
  const measure = measureOf(need);
  for (const place of groups.ofOffer(groups.offerAt(best.group.place))) {
    if (place === best.group.place || !groups.lives(place)) continue;
    const group = groups.at(place);
    if (score(measure, group, card) && (card.verdict === 'near') === (best.verdict === 'near')) count += 1;
  }
  return count;
}
