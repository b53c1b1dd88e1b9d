/** Rows of a scope gathered by what may stand in for what. */
import { type Capability, groupKey, nameKey } from '../rules/capability.ts';
import { cutPoints, holdingOn } from '../rules/coverage.ts';
import { type Designation, rowDesignation } from '../rules/designation.ts';
import { isOpenShare } from '../rules/uncertainty/full-scale.ts';
import { leastAbsolute, leastRelative } from '../rules/uncertainty/uncertainty.ts';
import { differenceKind, type Interval, RATIO_KIND } from '../rules/units/quantities.ts';

/** Rows that may stand in for one another, and those of them that share conditions. */
export interface RowGroup {
  key: string;
  centreId: string;
  instrument: string;
  measurand: string;
  /** Class or type all its rows hold for; null: none is stated. */
  designation: Designation | null;
  /** Kind of the range; null for capabilities stated without one. */
  kind: string | null;
  /** Smallest interval holding all ranges of the group, base units. */
  hull: Interval | null;
  /** Rows by equal conditions and second parameters. */
  variants: Capability[][];
  /** The parts of each variant, then, where there are several variants, those of all rows together; made when first asked for. */
  parts: Parts[] | undefined;
  /** Those of some variants together, by their places; made when first asked for. */
  some: Map<string, Parts> | undefined;
  floor: Floor;
  /** A row states U by a table over second parameters. */
  tabled: boolean;
  /** A row states U as a share of a full scale, and it is open of whose. */
  openShare: boolean;
  /** Its place among the facts of an index; 0 outside one. */
  place: number;
}

/** A stretch of values cut wherever a row begins or ends: `holding[i]` are the rows from `bounds[i]` to `bounds[i + 1]`. */
export interface Parts {
  rows: Capability[];
  bounds: number[];
  holding: Capability[][];
  /** Of these, without those that say just what the first does: what a score has to look at. */
  telling: Capability[][];
  /** Numbers of the variants these are of: rows of one have the same terms. */
  terms: number[][];
}

/** What no row of a group states less of, wherever in its range. */
export interface Floor {
  /** U in base units, and U/|x| as a fraction. */
  absolute: number;
  relative: number;
  /** `differenceKind` of U; null when the rows state different kinds. */
  kind: string | null;
}

/** What a row holds under, as one text. */
export function termsOf(row: Pick<Capability, 'conditions' | 'parameters'>): string {
  return `${row.conditions}|${row.parameters.map(({ name, range }) => `${name}:${range.base.min}:${range.base.max}`).join()}`;
}

/** U in % of a result that is not the variable (a ratio error over currents). */
export function statesRatio(row: Capability): boolean {
  return row.uncertaintyUnit.kind === RATIO_KIND && row.range !== null && row.range.unit.kind !== RATIO_KIND;
}

/** Only rows of the same conditions and second parameters can contradict each other. */
export const sameTerms = (a: Capability, b: Capability) => a === b || termsOf(a) === termsOf(b);

/** Rows gathered into groups and variants, in the order given. */
export function groupRows(rows: Iterable<Capability>): RowGroup[] {
  const groups = new Map<string, Capability[]>();
  for (const row of rows) {
    const key = groupKey(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups].map(([key, members]) => buildGroup(key, members));
}

/** By range, then id: the answer does not depend on the order in which rows came. */
function byRange(a: Capability, b: Capability): number {
  return (
    (a.range?.base.min ?? 0) - (b.range?.base.min ?? 0) || (a.range?.base.max ?? 0) - (b.range?.base.max ?? 0) || (a.id < b.id ? -1 : 1)
  );
}

/** One group of rows that share `key`. */
export function buildGroup(key: string, members: readonly Capability[]): RowGroup {
  const rows = [...members].sort(byRange);
  const [first] = rows;
  const ranges = rows.flatMap((row) => (row.range ? [row.range.base] : []));
  const variants = new Map<string, Capability[]>();
  for (const row of rows) variants.set(termsOf(row), [...(variants.get(termsOf(row)) ?? []), row]);
  return {
    key,
    centreId: first!.centreId,
    instrument: nameKey(first!.instrumentZh),
    measurand: nameKey(first!.measurandZh),
    designation: rowDesignation(first!),
    kind: first!.range?.unit.kind ?? null,
    hull: ranges.length === 0 ? null : { min: Math.min(...ranges.map((r) => r.min)), max: Math.max(...ranges.map((r) => r.max)) },
    variants: [...variants.values()],
    parts: undefined,
    some: undefined,
    floor: floorOf(rows),
    tabled: rows.some((row) => row.uncertainty.form === 'table'),
    openShare: rows.some(isOpenShare),
    place: 0,
  };
}

/** See `RowGroup.parts`. For groups with ranges. */
export function partsOf(group: RowGroup): Parts[] {
  const { variants } = group;
  group.parts ??= [...variants.map((rows) => cutIntoParts([rows])), ...(variants.length > 1 ? [cutIntoParts(variants)] : [])];
  return group.parts;
}

/** The parts of the rows of some variants together. */
export function partsOfSome(group: RowGroup, places: readonly number[]): Parts {
  if (places.length === group.variants.length) return partsOf(group).at(-1)!;
  group.some ??= new Map();
  const key = places.join();
  const known = group.some.get(key) ?? cutIntoParts(places.map((place) => group.variants[place]!));
  group.some.set(key, known);
  return known;
}

function cutIntoParts(variants: readonly Capability[][]): Parts {
  const rows = variants.flat();
  const ends = rows.flatMap(({ range }) => [range!.base.min, range!.base.max]);
  const bounds = cutPoints({ min: Math.min(...ends), max: Math.max(...ends) }, rows);
  const holding = bounds.slice(1).map((max, i) => holdingOn({ min: bounds[i]!, max }, rows));
  const telling = holding.map((held) => (held.length < 2 ? held : held.filter((row) => row === held[0] || !saysTheSame(held[0]!, row))));
  const numbers = new Map(variants.flatMap((of, i) => of.map((row) => [row, i] as const)));
  return { rows, bounds, holding, telling, terms: telling.map((told) => told.map((row) => numbers.get(row)!)) };
}

/** The same U to the last figure, in the same sense, for as long. */
function saysTheSame(a: Capability, b: Capability): boolean {
  const said = ({ uncertainty, accreditation }: Capability) => [uncertainty, accreditation?.validFrom, accreditation?.validUntil];
  return statesRatio(a) === statesRatio(b) && termsOf(a) === termsOf(b) && JSON.stringify(said(a)) === JSON.stringify(said(b));
}

function floorOf(rows: readonly Capability[]): Floor {
  const kinds = new Set(rows.map((row) => differenceKind(row.uncertaintyUnit)));
  const floor: Floor = {
    absolute: Number.POSITIVE_INFINITY,
    relative: Number.POSITIVE_INFINITY,
    kind: kinds.size === 1 ? [...kinds][0]! : null,
  };
  for (const row of rows) {
    const range = row.range?.base ?? { min: 0, max: 0 };
    // Of a smaller instrument the share may be as little as one likes.
    const absolute = isOpenShare(row) ? 0 : leastAbsolute(row.uncertainty, range);
    floor.absolute = Math.min(floor.absolute, absolute);
    floor.relative = Math.min(floor.relative, statesRatio(row) || absolute === 0 ? absolute : leastRelative(row.uncertainty, range));
  }
  return floor;
}
