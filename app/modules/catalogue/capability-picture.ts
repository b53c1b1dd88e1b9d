/**
 * Range × uncertainty as a picture: the curve of a capability, and the need drawn into it. Only geometry: coordinates in a viewBox, ticks as
 * numbers. What the numbers are called is the page's affair.
 */
import type { Capability } from '#app/modules/capability/rules/capability.ts';
import { curve, formsUnder, type ParameterValues } from '#app/modules/capability/rules/uncertainty/uncertainty.ts';
import {
  clean,
  differenceFromBase,
  differenceKind,
  fromBase,
  type Interval,
  RATIO_KIND,
  type Unit,
} from '#app/modules/capability/rules/units/quantities.ts';
import type { Requirement } from '#app/modules/capability/search/matching.ts';

export type PictureAxis = { unit: string; log: boolean; ticks: { at: number; value: number }[] };

export type Picture = {
  width: number;
  height: number;
  /** The drawing area inside the labels. */
  box: { left: number; top: number; right: number; bottom: number };
  x: PictureAxis;
  y: PictureAxis;
  /** SVG path data, one per row. */
  curves: string[];
  /** The asked range from the bottom up to the limit, or to the top when no limit is asked; the limit as a line of its own. */
  need: { area: string; line: string | null } | null;
};

export type PictureSize = { width: number; height: number };

export type PictureNeed = { extent: readonly Interval[]; required: Requirement | null; unit: Unit | null };

const MARGIN = { left: 40, top: 16, right: 12, bottom: 22 };
/** Decades from which a logarithmic axis says more than a linear one. */
const LOG_X_RATIO = 100;
const LOG_Y_RATIO = 30;
/** Points of a bent curve; a straight one needs its ends. */
const BENT = 25;

type Scale = (value: number) => number;

/** @returns null when nothing can be drawn: no row has a range. Rows of another quantity than the first are left out: they share no axis. */
export function capabilityPicture(
  rows: readonly Capability[],
  need: PictureNeed | null,
  { width, height }: PictureSize,
  parameters?: ParameterValues,
): Picture | null {
  const drawable = rows.filter((row) => row.range !== null && formsUnder(row.uncertainty, parameters).length > 0);
  const [first] = drawable;
  if (!first?.range) return null;
  const kind = first.range.unit.kind;
  const drawn = drawable.filter((row) => row.range?.unit.kind === kind && row.uncertaintyUnit.kind === first.uncertaintyUnit.kind);
  const xUnit = need?.unit?.kind === first.range.unit.kind ? need.unit : first.range.unit;
  const required = need?.required ? limitOf(need.required, first) : null;
  const yUnit = required?.unit ?? first.uncertaintyUnit;
  const extent = (need?.unit?.kind === first.range.unit.kind ? need.extent : []).map((interval) => inUnit(interval, xUnit));

  const spans = [...drawn.map((row) => inUnit((row.range as NonNullable<Capability['range']>).base, xUnit)), ...extent];
  const [xMin, xMax] = widened(Math.min(...spans.map((s) => s.min)), Math.max(...spans.map((s) => s.max)));
  const xLog = xMin > 0 && xMax / xMin >= LOG_X_RATIO;
  const lines = drawn.map((row) =>
    curve(row.uncertainty, (row.range as NonNullable<Capability['range']>).base, pointsFor(row, xLog), parameters).map(
      ({ x, u }) => [fromBase(x, xUnit), differenceFromBase(u, yUnit)] as const,
    ),
  );
  const limits = extent.map(({ min, max }) => limitLine(required, min, max, xUnit, xLog));
  const us = [...lines, ...limits].flatMap((line) => line.map(([, u]) => u)).filter((u) => Number.isFinite(u) && u >= 0);
  const highest = Math.max(...us) || 1;
  const lowest = Math.min(...us.filter((u) => u > 0));
  const yLog = Number.isFinite(lowest) && highest / lowest >= LOG_Y_RATIO;

  const box = { left: MARGIN.left, top: MARGIN.top, right: width - MARGIN.right, bottom: height - MARGIN.bottom };
  const x = scale(xMin, xMax, xLog, box.left, box.right);
  const [yMin, yMax] = yLog ? [10 ** Math.floor(Math.log10(lowest)), 10 ** Math.ceil(Math.log10(highest) + 0.05)] : [0, highest * 1.25];
  const y = scale(yMin, yMax, yLog, box.bottom, box.top);
  const points = (line: readonly (readonly [number, number])[]) =>
    line.map(([vx, vu]) => `${round(x(vx))} ${round(y(Math.max(vu, yMin)))}`);
  return {
    width,
    height,
    box,
    x: {
      unit: xUnit.code,
      log: xLog,
      ticks: ticks(xMin, xMax, xLog, width > 400 ? 7 : 3).map((value) => ({ at: round(x(value)), value })),
    },
    y: {
      unit: yUnit.code,
      log: yLog,
      ticks: ticks(yMin, yMax, yLog, height > 200 ? 5 : 2).map((value) => ({ at: round(y(value)), value })),
    },
    curves: lines.map((line) => `M${points(line).join('L')}`),
    need: extent.length === 0 ? null : needShape(extent, limits, points, x, box),
  };
}

/** A single point is drawn a few units wide, so that it is seen. */
function needShape(
  extent: Interval[],
  limits: (readonly (readonly [number, number])[])[],
  points: (line: readonly (readonly [number, number])[]) => string[],
  x: Scale,
  box: Picture['box'],
): NonNullable<Picture['need']> {
  const areas = extent.map(({ min, max }, i) => {
    const [left, right] = x(max) - x(min) < 4 ? [x(min) - 2, x(max) + 2] : [x(min), x(max)];
    const top = points(limits[i] ?? []);
    if (top.length === 0) return `M${round(left)} ${box.top}H${round(right)}V${box.bottom}H${round(left)}Z`;
    if (right - left <= 4) return `M${round(left)} ${top[0]?.split(' ')[1]}H${round(right)}V${box.bottom}H${round(left)}Z`;
    return `M${top.join('L')}L${round(right)} ${box.bottom}H${round(left)}Z`;
  });
  const lines = limits
    .filter((line) => line.length > 0)
    .map((line) => {
      const drawn = points(line);
      const [at, level] = (drawn[0] as string).split(' ').map(Number) as [number, number];
      return drawn[0] === drawn.at(-1) ? `M${at - 8} ${level}H${at + 8}` : `M${drawn.join('L')}`;
    });
  return { area: areas.join(''), line: lines.length > 0 ? lines.join('') : null };
}

/** The limit on U in base units, or as a share of the value; null where the rows state another quantity. */
function limitOf(required: Requirement, row: Capability): { base: number; relative: boolean; unit: Unit } | null {
  const base = 'mpe' in required ? required.mpe / required.ratio : required.limit;
  const ratioRows = row.uncertaintyUnit.kind === RATIO_KIND && row.range?.unit.kind !== RATIO_KIND;
  if ('unit' in required)
    return differenceKind(required.unit) === differenceKind(row.uncertaintyUnit) ? { base, relative: false, unit: required.unit } : null;
  // U of the rows is a share already: the relative limit is a level line.
  return { base, relative: !ratioRows, unit: row.uncertaintyUnit };
}

function limitLine(limit: ReturnType<typeof limitOf>, min: number, max: number, xUnit: Unit, log: boolean): (readonly [number, number])[] {
  if (!limit) return [];
  const at = (x: number) =>
    [x, differenceFromBase(limit.relative ? limit.base * Math.abs(x * xUnit.scale) : limit.base, limit.unit)] as const;
  if (!limit.relative || min === max) return [at(min), at(max)];
  if (log) return Array.from({ length: BENT }, (_, i) => at(min * (max / min) ** (i / (BENT - 1))));
  return min < 0 && max > 0 ? [at(min), at(0), at(max)] : [at(min), at(max)];
}

const inUnit = ({ min, max }: Interval, unit: Unit): Interval => ({ min: fromBase(min, unit), max: fromBase(max, unit) });

/** A range of one point gets some room. */
function widened(min: number, max: number): [number, number] {
  if (min < max) return [min, max];
  const room = Math.abs(min) / 2 || 1;
  return [min - room, max + room];
}

function pointsFor(row: Capability, log: boolean): number {
  const straight = ['constant', 'full_scale', 'relative', 'sum'].includes(row.uncertainty.form);
  const range = row.range?.base;
  const bentAtZero = range !== undefined && range.min < 0 && range.max > 0;
  return straight && !log && !bentAtZero ? 2 : BENT;
}

function scale(min: number, max: number, log: boolean, from: number, to: number): Scale {
  const f = log ? Math.log10 : (value: number) => value;
  return (value) => from + ((f(value) - f(min)) / (f(max) - f(min))) * (to - from);
}

const round = (value: number) => Math.round(value * 10) / 10;

/** Values to label: whole decades, or steps of 1, 2, 5 × 10ⁿ. */
function ticks(min: number, max: number, log: boolean, wanted: number): number[] {
  if (log) {
    const from = Math.ceil(Math.log10(min) - 1e-9);
    const until = Math.floor(Math.log10(max) + 1e-9);
    const step = Math.max(1, Math.ceil((until - from + 1) / (wanted + 1)));
    return Array.from({ length: Math.floor((until - from) / step) + 1 }, (_, i) => clean(10 ** (from + i * step)));
  }
  const rough = (max - min) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5].find((s) => s * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => clean((first + i) * step));
}
