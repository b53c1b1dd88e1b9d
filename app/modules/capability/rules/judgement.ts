/**
 * How good an answer is, said once: what a search scores from numbers, what it scores from rows, and what a page explains end here.
 * Works on base-unit numbers only.
 */
import type { Standing } from './designation.ts';
import { atMost } from './units/quantities.ts';

export type Verdict = 'fits' | 'review' | 'near';

export const VERDICT_ORDER: Record<Verdict, number> = { fits: 0, review: 1, near: 2 };

export interface Judgement {
  verdict: Verdict;
  /** 0 for a fit; otherwise the missing share of the range plus the missing share of U plus 1 per parameter outside and for another class. */
  shortfall: number;
  /** Smaller is better: U against its limit, or where none is asked U itself. */
  quality: number;
}

/** What was found of the rows that answer. A search writes one of these over for group after group. */
export interface Finding {
  /** Share of the request that no row covers, and one for each parameter stated otherwise. */
  missing: number;
  /** Worst U over what is covered, on the limit's footing. */
  u: number;
  /** How the class or type of the rows stands to the one asked; null when none is. */
  standing: Standing | null;
  /** U is of the kind its limit is of. */
  comparable: boolean;
  /** Somebody has to look at it: rows contradict each other, are silent or out of date. */
  person: boolean;
}

/** Of a request for 0–100 MΩ, what a row from 1 Ω on leaves out: less than that share is said and asked about, and is no miss. */
const SLIGHT = 0.01;

/** The share of a request that no row covers, as far as it makes an answer a miss. */
export const missed = (share: number): number => (share <= SLIGHT ? 0 : share);

/** @param limit U that is asked for; undefined: none is */
export function judge({ missing, u, standing, comparable, person }: Finding, limit: number | undefined, into: Judgement): void {
  const held = limit !== undefined && comparable;
  const slight = missing > 0 && missed(missing) === 0;
  const shortfall = missed(missing) + (standing === 'other' ? 1 : 0) + (held ? excessShare(u, limit) : 0);
  into.verdict =
    shortfall > 0 ? 'near' : person || slight || standing === 'unclear' || (limit !== undefined && !comparable) ? 'review' : 'fits';
  into.shortfall = shortfall;
  into.quality = held ? u / limit : u;
}

/** Share of U that is too much: 0.5 when U is twice its limit. */
export const excessShare = (u: number, limit: number): number => (atMost(u, limit) ? 0 : 1 - limit / u);

/** Fits first, then what a person must look at, then near misses by how little is missing, then the smaller U. */
export const compareJudgements = (a: Judgement, b: Judgement): number =>
  VERDICT_ORDER[a.verdict] - VERDICT_ORDER[b.verdict] || a.shortfall - b.shortfall || difference(a.quality, b.quality);

/** Infinity − Infinity is no order. */
const difference = (a: number, b: number) => (a === b ? 0 : a - b);

/** One more row that answers: the worst of them counts, and one that states no U there promises nothing. */
export function addRow(found: Finding, u: number, expired: boolean): void {
  found.u = Math.max(found.u, Number.isNaN(u) ? Number.POSITIVE_INFINITY : u);
  found.person ||= expired;
}

/** Whether something valid from one moment until another, where these are stated, is not valid at `at`. */
export const isOutside = (from: number | null, until: number | null, at: number | null): boolean =>
  at !== null && ((from !== null && at < from) || (until !== null && at > until));
