/**
 * The numbers of many groups side by side. A broad need looks at thousands of groups: read from one array they cost a fraction of what
 * they cost behind three references each. Says of a group only what `scoring.ts` would say of its rows (a property test holds them together).
 */
import { FloatLists, roomFor, type Saved } from '#app/core/columns.ts';
import { Names } from '#app/core/texts.ts';
import { differOver } from '../rules/coverage.ts';
import { type Designation, standingOf } from '../rules/designation.ts';
import { addRow, compareJudgements, type Finding, isOutside, type Judgement, judge, missed } from '../rules/judgement.ts';
import { measureOf, SLACK } from '../rules/measure.ts';
import { clip, type Visitor, walk } from '../rules/stretches.ts';
import { onLine } from '../rules/uncertainty/uncertainty.ts';
import { atMost, type Interval } from '../rules/units/quantities.ts';
import { lineOf, PARTS_FROM, partNumbers, QUADRATURE, ROW_WIDTH, SEVERAL, VARIANTS_FROM } from './group-numbers.ts';
import type { KeptGroups } from './kept-groups.ts';
import type { Need } from './matching.ts';
import type { RowGroup } from './row-groups.ts';
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

/** A need as far as these numbers answer it: one interval, no second parameter. */
export interface Asked extends Interval {
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
    const { extent, unit } = need;
    const [interval] = extent;
    if (!interval || extent.length > 1 || unit === null || need.parameters.length > 0 || need.sureFrom !== undefined) return null;
    const { limit } = measureOf(need);
    return {
      min: interval.min,
      max: interval.max,
      kind: this.#number(unit.kind),
      named: need.instruments.length > 0,
      limit: limit && { ...limit, kind: this.#number(limit.kind) },
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
        if (missing > 0 && width > 0) least = missed(Math.min(1, missing / width));
      }
      const u = relative ? n[at + LEAST_RELATIVE]! : n[at + LEAST_ABSOLUTE]!;
      if (u > most && (relative || limitKind === n[at + U_KIND])) least += 1 - most / u;
      sieve.add(places[i]!, least > SLACK ? least - SLACK : 0);
    }
  }

  /** As `scoreCandidate`, the group itself and its parts left to be looked up; undefined where the numbers do not say it. */
  score(asked: Asked, place: number, card: ScoreCard): boolean | undefined {
    const n = this.#numbers;
    const at = place * WIDTH;
    const form = n[at + FORM]!;
    card.variant = 0;
    if (asked.limit?.relative) return undefined;
    if (form === SEVERAL) return this.#scoreParts(asked, place, card);
    const outside = clip(asked, n[at + HULL_MIN]!, n[at + HULL_MAX]!, part);
    if (outside < 0) return false;
    const found = begin();
    found.missing = outside;
    addRow(found, largestOn(n, at + FORM, part.min, part.max), isOutside(n[at + VALID_FROM]!, n[at + VALID_UNTIL]!, asked.at));
    this.#conclude(asked, place, found, card);
    return true;
  }

  #conclude({ limit, designation }: Asked, place: number, found: Finding, into: Judgement): void {
    found.comparable = limit !== null && limit.kind === this.#numbers[place * WIDTH + U_KIND];
    found.standing = designation && standingOf(this.#groups.designationAt(place), designation);
    judge(found, limit?.value, into);
  }

  /**
   * The best of the variants. A point is left to `scoring.ts`, and so are several variants of which none fits alone: they may together.
   */
  #scoreParts(asked: Asked, place: number, card: ScoreCard): boolean | undefined {
    if (asked.min === asked.max) return undefined;
    const parts = this.#parts.at(place);
    if (parts.length === 0) return undefined;
    const variants = parts[0]!;
    if (variants === 1) return this.#scoreVariant(asked, place, parts, 0, card);
    let any = false;
    for (let i = 0; i < variants; i += 1) {
      if (!this.#scoreVariant(asked, place, parts, i, other)) continue;
      if (!any || compareJudgements(other, card) < 0) {
        card.verdict = other.verdict;
        card.shortfall = other.shortfall;
        card.quality = other.quality;
        card.variant = i;
      }
      any = true;
    }
    return any && card.verdict === 'fits' ? true : undefined;
  }

  /** Part after part of an interval. */
  #scoreVariant(asked: Asked, place: number, parts: Float64Array, variant: number, into: Judgement): boolean {
    const found = begin();
    const first = parts[VARIANTS_FROM + variant]!;
    visitor.begin(parts, first, asked.at);
    walk(parts, first + PARTS_FROM, first + PARTS_FROM + parts[first]!, asked, visitor);
    if (found.u === NONE) return false;
    if (visitor.gaps > 0) found.missing = visitor.gaps / (asked.max - asked.min);
    this.#conclude(asked, place, found, into);
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

/** What one group after the other is found to say: written over each time. */
const part: Interval = { min: 0, max: 0 };
const finding: Finding = { missing: 0, u: NONE, standing: null, comparable: false, person: false };
/** One variant beside the best of those before it. */
const other: Judgement = { verdict: 'near', shortfall: 0.5, quality: 0.5 };

function begin(): Finding {
  finding.missing = 0;
  finding.u = NONE;
  finding.person = false;
  return finding;
}

class NumbersVisitor implements Visitor {
  gaps = 0;
  #parts: Float64Array = new Float64Array();
  #from = 0;
  #at: number | null = null;

  /** @param from where the numbers of the variant begin */
  begin(parts: Float64Array, from: number, at: number | null): void {
    this.gaps = 0;
    this.#parts = parts;
    this.#from = from;
    this.#at = at;
  }

  hold(stretch: number, from: number, to: number): boolean {
    const parts = this.#parts;
    const own = this.#from;
    // Behind the bounds, of which there is one more than parts.
    const starts = own + PARTS_FROM + parts[own]! + 1 + stretch;
    const first = own + parts[starts]!;
    const end = own + parts[starts + 1]!;
    for (let row = first; row < end; row += ROW_WIDTH) {
      const expired = isOutside(parts[row + VALID_FROM - FORM]!, parts[row + VALID_UNTIL - FORM]!, this.#at);
      addRow(finding, largestOn(parts, row, from, to), expired);
      if (finding.person || row === first) continue;
      finding.person = differOver(
        from,
        to,
        (x) => uAt(parts, first, x),
        (x) => uAt(parts, row, x),
      );
    }
    return first < end;
  }

  gap(from: number, to: number): void {
    this.gaps += to - from;
  }
}
const visitor = new NumbersVisitor();

/** U at a distance from the origin, of the row whose numbers begin at `row`. */
const uAway = (n: Float64Array, row: number, distance: number): number =>
  onLine(n[row + A - FORM]!, n[row + B - FORM]!, distance, n[row] === QUADRATURE);

const uAt = (n: Float64Array, row: number, x: number): number => uAway(n, row, Math.abs(x - n[row + ORIGIN - FORM]!));

/** The largest U on a stretch: it grows with the distance from the origin. */
function largestOn(n: Float64Array, row: number, from: number, to: number): number {
  const origin = n[row + ORIGIN - FORM]!;
  return uAway(n, row, Math.max(Math.abs(to - origin), Math.abs(from - origin)));
}
