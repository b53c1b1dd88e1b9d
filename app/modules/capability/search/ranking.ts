/** The order in which matches are shown: fitness, then earliest slot, price, distance, credit. */
import { VERDICT_ORDER } from '../rules/judgement.ts';
import type { Match } from './match-reasons.ts';

/** What is known of the offer behind a match; null where unknown, which never beats a known value. */
export interface OfferFacts {
  /** Start of the earliest free slot, UTC ms. */
  earliest: number | null;
  /** Price of the request in minor units (分). */
  price: number | null;
  distanceKm: number | null;
  /** Credit grade, larger is better. */
  credit: number | null;
}

/** Slots within the same day count as equally early, so that price decides between them. */
const DAY_MS = 24 * 60 * 60 * 1000;
/** Shortfalls closer than a twentieth count as the same nearness. */
const SHORTFALL_STEP = 0.05;

const known = (value: number | null) => value ?? Number.POSITIVE_INFINITY;
/** Infinity − Infinity is no order: two unknowns are equal. */
const ascending = (a: number, b: number) => (a === b ? 0 : a - b);

/** `matches` in showing order; equal ones keep the order given. */
export function rankMatches<M extends Pick<Match, 'verdict' | 'shortfall'>>(matches: readonly M[], factsOf: (match: M) => OfferFacts): M[] {
  return matches
    .map((match) => ({ match, facts: factsOf(match) }))
    .sort(
      (a, b) =>
        VERDICT_ORDER[a.match.verdict] - VERDICT_ORDER[b.match.verdict] ||
        Math.floor(a.match.shortfall / SHORTFALL_STEP) - Math.floor(b.match.shortfall / SHORTFALL_STEP) ||
        ascending(Math.floor(known(a.facts.earliest) / DAY_MS), Math.floor(known(b.facts.earliest) / DAY_MS)) ||
        ascending(known(a.facts.price), known(b.facts.price)) ||
        ascending(known(a.facts.distanceKm), known(b.facts.distanceKm)) ||
        ascending(-(a.facts.credit ?? Number.NEGATIVE_INFINITY), -(b.facts.credit ?? Number.NEGATIVE_INFINITY)),
    )
    .map(({ match }) => match);
}
