/**
 * The numbers of many groups side by side. A broad need looks at thousands of groups: read from one array they cost a fraction of what
 * they cost behind three references each. Says of a group only what `scoring.ts` would say of its rows (a property test holds them together).
 */
import { FloatLists, roomFor, type Saved } from '#app/core/columns.ts';
import { Names } from '#app/core/texts.ts';
import { differAt } from '../rules/coverage.ts';
import { type Designation, standingOf } from '../rules/designation.ts';
import { SLACK } from '../rules/measure.ts';
import type { Uncertainty } from '../rules/uncertainty/uncertainty.ts';
import { atMost, differenceKind } from '../rules/units/quantities.ts';
import type { KeptGroups } from './kept-groups.ts';
import { type Need, outdated } from './matching.ts';
import { partsOf, type RowGroup } from './row-groups.ts';
import type { ScoreCard } from './scoring.ts';
import type { Sieve } from './sieve.ts';

const HULL_MIN = 0;
const HULL_MAX = 1;
/** Number of the kind of the range; NONE for a group without one, GONE where no row is. */
const KIND = 2;
/** Smallest U of the group, absolute and relative, and the number of its kind; NONE when the rows state different kinds. */
const LEAST_ABSOLUTE = 3;
const LEAST_RELATIVE = 4;
const U_KIND = 5;
/** Of a group of one row: how it states U. */
const FORM = 6;
const A = 7;
const B = 8;
const ORIGIN = 9;
const VALID_FROM = 10;
const VALID_UNTIL = 11;
const WIDTH = 12;

const NONE = -1;
const GONE = -2;

/**
 * Of a group of several rows, part after part: where it begins, and the numbers of a row that answers on it (FORM … VALID_UNTIL; FORM is
 * NO_ROW between rows). Further rows of the part follow, with no beginning (NaN). One number more says where the last part ends.
 */
const PART_WIDTH = 7;
const NO_ROW = 0;
/** Values of FORM: more than a line of numbers can say; a + b·|x − origin|; the root of the squares of the two. */
const SEVERAL = 0;
const SUM = 1;
const QUADRATURE = 2;

/** A need as far as these numbers answer it: one interval, no second parameter. */
export interface Asked {
  min: number;
  max: number;
  kind: number;
  /** An instrument is named: then rows without a range count too. */
  named: boolean;
  limit: { value: number; relative: boolean; kind: number } | null;
  at: number | null;
  designation: Designation | null;
}

export class GroupFacts {
  readonly #groups: KeptGroups;
  #numbers = new Float64Array(64 * WIDTH);
  readonly #kinds = new Names();
  /** By place; empty where numbers do not say it. */
  readonly #parts = new FloatLists();

  constructor(groups: KeptGroups) {
    this.#groups = groups;
  }

  drop(place: number): void {
    this.#numbers[place * WIDTH + KIND] = GONE;
  }

  /** Whether a score by numbers is that of several rows, part after part. */
  isSeveral(place: number): boolean {
    return this.#numbers[place * WIDTH + FORM] === SEVERAL;
  }

  put(group: RowGroup): void {
    const at = group.place * WIDTH;
    this.#numbers = roomFor(this.#numbers, at + WIDTH);
    const n = this.#numbers;
    n[at + HULL_MIN] = group.hull?.min ?? 0;
    n[at + HULL_MAX] = group.hull?.max ?? 0;
    n[at + KIND] = group.hull === null ? NONE : this.#number(group.kind);
    n[at + LEAST_ABSOLUTE] = group.floor.absolute;
    n[at + LEAST_RELATIVE] = group.floor.relative;
    n[at + U_KIND] = this.#number(group.floor.kind);
    n[at + FORM] = SEVERAL;
    const [rows] = group.variants;
    const row = group.variants.length === 1 && rows!.length === 1 ? rows![0]! : undefined;
    const line = row?.range ? lineOf(row.uncertainty) : undefined;
    if (!row || !line) {
      this.#parts.put(group.place, partNumbers(group) ?? []);
      return;
    }
    n.set(line, at + FORM);
    n[at + VALID_FROM] = row.accreditation?.validFrom ?? Number.NEGATIVE_INFINITY;
    n[at + VALID_UNTIL] = row.accreditation?.validUntil ?? Number.POSITIVE_INFINITY;
  }

  #number(kind: string | null): number {
    return kind === null ? NONE : this.#kinds.add(kind);
  }

  /** Null for needs that ask more than these numbers know. */
  asked(need: Need): Asked | null {
    const { extent, required, unit } = need;
    const [interval] = extent;
    if (!interval || extent.length > 1 || unit === null || need.parameters.length > 0) return null;
    const relative = required?.type === 'relative' || required?.type === 'mpe_relative';
    const value = required && ('mpe' in required ? required.mpe / required.ratio : required.limit);
    const kind = required && 'unit' in required ? this.#number(differenceKind(required.unit)) : NONE;
    return {
      min: interval.min,
      max: interval.max,
      kind: this.#number(unit.kind),
      named: need.instruments.length > 0,
      limit: value === null ? null : { value, relative, kind },
      at: need.at,
      designation: need.designation,
    };
  }

  /** As `leastShortfall` for all of `places`; leaves out groups `isCandidate` does by their kind, and those missed. */
  sift({ min, max, kind, named, limit }: Asked, places: Int32Array, sieve: Sieve): void {
    const n = this.#numbers;
    const width = max - min;
    const most = limit === null ? Number.POSITIVE_INFINITY : limit.value;
    const relative = limit?.relative ?? false;
    const limitKind = limit === null ? NONE : limit.kind;
    for (let i = 0; i < places.length; i += 1) {
      const at = places[i]! * WIDTH;
      const own = n[at + KIND]!;
      if (own !== kind && !(own === NONE && named)) continue;
      let least = 0;
      if (own !== NONE) {
        const hullMin = n[at + HULL_MIN]!;
        const hullMax = n[at + HULL_MAX]!;
        if (!(atMost(hullMin, max) && atMost(min, hullMax))) continue;
        const missing = Math.max(0, hullMin - min) + Math.max(0, max - hullMax);
        if (missing > 0 && width > 0) least = Math.min(1, missing / width);
      }
      const u = relative ? n[at + LEAST_RELATIVE]! : n[at + LEAST_ABSOLUTE]!;
      if (u > most && (relative || limitKind === n[at + U_KIND])) least += 1 - most / u;
      sieve.add(places[i]!, least > SLACK ? least - SLACK : 0);
    }
  }

  /** As `scoreCandidate`, the group itself and its parts left to be looked up; undefined where the numbers do not say it. */
  score(asked: Asked, place: number, card: ScoreCard): boolean | undefined {
    const { min, max, limit, at: when } = asked;
    const n = this.#numbers;
    const at = place * WIDTH;
    const form = n[at + FORM]!;
    if (limit?.relative) return undefined;
    if (form === SEVERAL) return this.#scoreParts(asked, place, card);
    const from = atMost(n[at + HULL_MIN]!, min) ? min : n[at + HULL_MIN]!;
    const to = atMost(max, n[at + HULL_MAX]!) ? max : n[at + HULL_MAX]!;
    if (min !== max && atMost(to, from)) return false;
    const missing = min === max ? 0 : (from - min + (max - to)) / (max - min);
    const origin = n[at + ORIGIN]!;
    const slope = n[at + B]! * Math.max(Math.abs(to - origin), Math.abs(from - origin));
    const u = form === QUADRATURE ? Math.hypot(n[at + A]!, slope) : n[at + A]! + slope;
    const expired = when !== null && outdated({ validFrom: n[at + VALID_FROM]!, validUntil: n[at + VALID_UNTIL]! }, when);
    this.#conclude(asked, place, missing, u, expired, card);
    return true;
  }

  #conclude({ limit, designation }: Asked, place: number, missing: number, u: number, person: boolean, card: ScoreCard): void {
    const comparable = limit !== null && limit.kind === this.#numbers[place * WIDTH + U_KIND];
    const standing = designation && standingOf(this.#groups.designationAt(place), designation);
    const shortfall = missing + (standing === 'other' ? 1 : 0) + (comparable && !atMost(u, limit.value) ? 1 - limit.value / u : 0);
    card.verdict = shortfall > 0 ? 'near' : person || standing === 'unclear' || (limit !== null && !comparable) ? 'review' : 'fits';
    card.shortfall = shortfall;
    card.quality = comparable ? u / limit.value : u;
  }

  /** Part after part of an interval, as `walk` in scoring.ts; a point is left to it. */
  #scoreParts(asked: Asked, place: number, card: ScoreCard): boolean | undefined {
    const { min, max, at: when } = asked;
    if (min === max) return undefined;
    const parts = this.#parts.at(place);
    if (parts.length === 0) return undefined;
    const last = parts.length - 1;
    let gaps = 0;
    let reached = min;
    let gapFrom = Number.NaN;
    let worst = NONE;
    let person = false;
    let own = -1;
    let next = 0;
    while (next <= last && atMost(parts[next]!, min)) {
      own = next;
      next = partAfter(parts, next);
    }
    while (!atMost(max, reached)) {
      const end = next <= last && !atMost(max, parts[next]!) ? parts[next]! : max;
      if (own < 0 || next > last || parts[own + FORM_OF_PART] === NO_ROW) {
        if (Number.isNaN(gapFrom)) gapFrom = reached;
      } else {
        if (!Number.isNaN(gapFrom)) gaps += reached - gapFrom;
        gapFrom = Number.NaN;
        const first = own + FORM_OF_PART;
        for (let row = first; row < next; row += PART_WIDTH) {
          // U grows with the distance from the origin.
          const origin = parts[row + ORIGIN - FORM]!;
          const slope = parts[row + B - FORM]! * Math.max(Math.abs(end - origin), Math.abs(reached - origin));
          const u = parts[row] === QUADRATURE ? Math.hypot(parts[row + A - FORM]!, slope) : parts[row + A - FORM]! + slope;
          worst = Math.max(worst, Number.isNaN(u) ? Number.POSITIVE_INFINITY : u);
          if (when !== null && (when < parts[row + VALID_FROM - FORM]! || when > parts[row + VALID_UNTIL - FORM]!)) person = true;
          if (!person && row > first) person = differOn(parts, first, row, reached, end);
        }
      }
      reached = end;
      own = next;
      next = partAfter(parts, next);
    }
    if (worst === NONE) return false;
    if (!Number.isNaN(gapFrom)) gaps += max - gapFrom;
    this.#conclude(asked, place, gaps > 0 ? gaps / (max - min) : 0, worst, person, card);
    return true;
  }

  save(): Saved {
    return { numbers: this.#numbers, kinds: this.#kinds.save(), parts: this.#parts.save() };
  }

  load(saved: Saved): void {
    this.#numbers = saved.numbers as Float64Array<ArrayBuffer>;
    this.#kinds.load(saved.kinds as Saved);
    this.#parts.load(saved.parts as Saved);
  }
}

const FORM_OF_PART = 1;

/** Where the next part begins; further rows of this one have no beginning. */
function partAfter(parts: Float64Array, part: number): number {
  let next = part + PART_WIDTH;
  while (next < parts.length && Number.isNaN(parts[next])) next += PART_WIDTH;
  return next;
}

/** U at x of the row whose numbers begin at `row`. */
function uAt(n: Float64Array, row: number, x: number): number {
  const slope = n[row + B - FORM]! * Math.abs(x - n[row + ORIGIN - FORM]!);
  return n[row] === QUADRATURE ? Math.hypot(n[row + A - FORM]!, slope) : n[row + A - FORM]! + slope;
}

const differOn = (n: Float64Array, a: number, b: number, from: number, to: number): boolean =>
  differAt(uAt(n, a, from), uAt(n, b, from)) ||
  differAt(uAt(n, a, (from + to) / 2), uAt(n, b, (from + to) / 2)) ||
  differAt(uAt(n, a, to), uAt(n, b, to));

/** Null for rows of several terms, or that state U in more than a line of numbers. */
function partNumbers(group: RowGroup): number[] | null {
  if (group.hull === null || group.variants.length > 1 || group.floor.kind === null) return null;
  const { bounds, telling } = partsOf(group)[0]!;
  const numbers: number[] = [];
  for (const [i, rows] of telling.entries()) {
    if (rows.length === 0) numbers.push(bounds[i]!, NO_ROW, 0, 0, 0, 0, 0);
    for (const [j, { uncertainty, accreditation }] of rows.entries()) {
      const line = lineOf(uncertainty);
      if (!line) return null;
      const valid = [accreditation?.validFrom ?? Number.NEGATIVE_INFINITY, accreditation?.validUntil ?? Number.POSITIVE_INFINITY];
      numbers.push(j === 0 ? bounds[i]! : Number.NaN, ...line, ...valid);
    }
  }
  return [...numbers, bounds.at(-1)!];
}

/** FORM, A, B and ORIGIN of a form that is one line of numbers. */
function lineOf(form: Uncertainty): [form: number, a: number, b: number, origin: number] | undefined {
  switch (form.form) {
    case 'constant':
      return [SUM, form.a.base, 0, 0];
    case 'full_scale':
      return [SUM, form.b.base * form.span.base, 0, 0];
    case 'relative':
      return [SUM, 0, form.b.base, form.origin ?? 0];
    case 'sum':
      return [SUM, form.a.base, form.b.base, form.origin ?? 0];
    case 'quadrature':
      return [QUADRATURE, form.a.base, form.b.base, form.origin ?? 0];
    default:
      return undefined;
  }
}
