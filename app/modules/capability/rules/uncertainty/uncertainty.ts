/**
 * Expanded uncertainty U of a capability as a typed form: plain JSON, evaluated in base units.
 * Forms as CNAS and the KCDB print them; see `uncertainty-text.ts` for their notation.
 */
import { clean, type Interval } from '../units/quantities.ts';

/** An absolute part as written, with its value in base units beside it. */
export interface Term {
  value: number;
  unit: string;
  /** `value` in base units, by scale only. */
  base: number;
}

/** A part proportional to |x| as written: 7×10⁻⁷, 0.3 %, 0.5 µm/m. `base` is U per x, both in base units. */
export type Slope = Term;

export interface ShareOfSpan {
  b: Slope;
  span: Term;
}

interface Proportional {
  b: Slope;
  /** Where |x| is counted from, in base units: 273.15 for a variable in °C. Absent means zero. */
  origin?: number;
}

export interface ParameterCell {
  /** Name of a second parameter, such as `frequency`, and the values (base units) the cell holds for. */
  parameter: string;
  min: number;
  max: number;
  /** As declared, for printing. */
  declared: { min: number; max: number; unit: string };
}

export type SimpleUncertainty =
  | { form: 'constant'; a: Term }
  | ({ form: 'relative' } & Proportional)
  /** a + b·|x|; where `a` is a share of the full scale, `share` says which. */
  | ({ form: 'sum'; a: Term; share?: ShareOfSpan } & Proportional)
  /** Q[a, bL] = √(a² + (b·x)²) */
  | ({ form: 'quadrature'; a: Term } & Proportional)
  /** b of the full scale `span`, and `floor` where one is added to it; the same at every reading. */
  | ({ form: 'full_scale'; floor?: Term } & ShareOfSpan)
  /** U runs linearly from `u1` at `x1` to `u2` at `x2`. */
  | { form: 'interpolated'; x1: Term; x2: Term; u1: Term; u2: Term };

/** Any form, or a table of forms over second parameters. */
export type Uncertainty = SimpleUncertainty | { form: 'table'; cells: { when: ParameterCell[]; uncertainty: SimpleUncertainty }[] };

/** A second parameter fixed by a request, in base units; a single value has min = max. */
export type ParameterValues = Readonly<Record<string, Interval>>;

/** A worst case and where it occurs. `value` is Infinity where the uncertainty has no bound. */
export interface Worst {
  value: number;
  at: number;
}

function distance(form: Proportional, x: number): number {
  return Math.abs(x - (form.origin ?? 0));
}

/** U of a + b times the distance from an origin, or the root of their squares: what every form is that grows. */
export const onLine = (a: number, b: number, distance: number, quadrature: boolean): number =>
  quadrature ? Math.hypot(a, b * distance) : a + b * distance;

function evaluateSimple(form: SimpleUncertainty, x: number): number {
  switch (form.form) {
    case 'constant':
      return form.a.base;
    case 'relative':
      return form.b.base * distance(form, x);
    case 'sum':
      return onLine(form.a.base, form.b.base, distance(form, x), false);
    case 'quadrature':
      return onLine(form.a.base, form.b.base, distance(form, x), true);
    case 'full_scale':
      return form.b.base * form.span.base + (form.floor?.base ?? 0);
    case 'interpolated': {
      const width = form.x2.base - form.x1.base;
      const t = width === 0 ? 1 : (x - form.x1.base) / width;
      return form.u1.base + (form.u2.base - form.u1.base) * Math.min(1, Math.max(0, t));
    }
  }
}

const overlaps = (cell: ParameterCell, asked: Interval) => cell.min <= asked.max && asked.min <= cell.max;

/**
 * The simple forms that apply under `parameters`: of a table, every cell that a stated parameter touches (an unstated one restricts nothing).
 * Empty when a stated parameter lies outside all cells.
 */
export function formsUnder(form: Uncertainty, parameters: ParameterValues = {}): SimpleUncertainty[] {
  if (form.form !== 'table') return [form];
  return form.cells
    .filter((cell) => cell.when.every((w) => parameters[w.parameter] === undefined || overlaps(w, parameters[w.parameter]!)))
    .map((cell) => cell.uncertainty);
}

/** U at `x`, both in base units; of several cells of a table the largest. NaN when no cell applies. */
export function evaluate(form: Uncertainty, x: number, parameters?: ParameterValues): number {
  if (form.form !== 'table') return evaluateSimple(form, x);
  const forms = formsUnder(form, parameters);
  return forms.length === 0 ? Number.NaN : Math.max(...forms.map((f) => evaluateSimple(f, x)));
}

/** Points among which every simple form takes its extremes on `interval`: its ends, and the point nearest the origin. */
function extremes(form: SimpleUncertainty, { min, max }: Interval): number[] {
  const points = [min, max];
  const origin = 'origin' in form ? (form.origin ?? 0) : 0;
  if (min < origin && origin < max) points.push(origin);
  // Beyond its two points an interpolated form stays level, so these are corners.
  if (form.form === 'interpolated') points.push(...[form.x1.base, form.x2.base].filter((x) => min < x && x < max));
  return points;
}

function largest(points: number[], value: (x: number) => number): Worst {
  let worst: Worst = { value: -Infinity, at: Number.NaN };
  for (const at of points) {
    const v = value(at);
    if (v > worst.value) worst = { value: v, at };
  }
  return worst;
}

/** Where a simple form states its largest U. */
function worstPoint(form: SimpleUncertainty, interval: Interval): number {
  if (form.form === 'interpolated') return largest(extremes(form, interval), (x) => evaluateSimple(form, x)).at;
  if (form.form === 'constant' || form.form === 'full_scale') return interval.min;
  return distance(form, interval.max) > distance(form, interval.min) ? interval.max : interval.min;
}

function worstSimple(form: SimpleUncertainty, interval: Interval): Worst {
  const at = worstPoint(form, interval);
  return { value: evaluateSimple(form, at), at };
}

/** The largest U over `interval`: at max|x| for forms growing with |x|. NaN when no cell of a table applies. */
export function worstAbsolute(form: Uncertainty, interval: Interval, parameters?: ParameterValues): Worst {
  if (form.form !== 'table') return worstSimple(form, interval);
  const forms = formsUnder(form, parameters);
  if (forms.length === 0) return { value: Number.NaN, at: interval.min };
  return forms.map((f) => worstSimple(f, interval)).reduce((a, b) => (b.value > a.value ? b : a));
}

/** The value of `worstAbsolute` alone. */
export const largestAbsolute = (form: Uncertainty, interval: Interval): number =>
  form.form === 'table' ? worstAbsolute(form, interval).value : evaluateSimple(form, worstPoint(form, interval));

function relativeAt(form: SimpleUncertainty, x: number): number {
  // b·|x|/|x| is b, also where both vanish.
  if (form.form === 'relative') return form.b.base;
  const origin = 'origin' in form ? (form.origin ?? 0) : 0;
  const u = evaluateSimple(form, x);
  return u === 0 ? 0 : u / Math.abs(x - origin);
}

function worstRelativeSimple(form: SimpleUncertainty, interval: Interval): Worst {
  if (form.form === 'relative') return { value: form.b.base, at: interval.min };
  const inside = interval.min < 0 && interval.max > 0 ? [0] : [];
  return largest([...extremes(form, interval), ...inside], (x) => relativeAt(form, x));
}

/** The largest U/|x| over `interval` as a fraction: at min|x|, and Infinity when the interval holds zero and U does not vanish there. */
export function worstRelative(form: Uncertainty, interval: Interval, parameters?: ParameterValues): Worst {
  if (form.form !== 'table') return worstRelativeSimple(form, interval);
  const forms = formsUnder(form, parameters);
  if (forms.length === 0) return { value: Number.NaN, at: interval.min };
  return forms.map((f) => worstRelativeSimple(f, interval)).reduce((a, b) => (b.value > a.value ? b : a));
}

function least(form: Uncertainty, interval: Interval, value: (form: SimpleUncertainty, x: number) => number): number {
  return Math.min(...formsUnder(form).flatMap((simple) => extremes(simple, interval).map((x) => value(simple, x))));
}

/** Nowhere in `interval` does the form state a smaller U (base units), under whichever parameters. */
export const leastAbsolute = (form: Uncertainty, interval: Interval): number => least(form, interval, evaluateSimple);

/** Nowhere in `interval` does the form state a smaller U/|x| (a fraction), under whichever parameters. */
export const leastRelative = (form: Uncertainty, interval: Interval): number => least(form, interval, relativeAt);

/** The same form with every term that U is proportional to changed by `change`; where U is stated, and of what span, stays. */
export function mapUncertainty(form: Uncertainty, change: (value: number) => number): Uncertainty {
  if (form.form !== 'table') return mapSimple(form, change);
  return { form: 'table', cells: form.cells.map(({ when, uncertainty }) => ({ when, uncertainty: mapSimple(uncertainty, change) })) };
}

function mapSimple(form: SimpleUncertainty, change: (value: number) => number): SimpleUncertainty {
  const term = (t: Term): Term => {
    const value = change(t.value);
    return { ...t, value, base: t.value === 0 ? t.base : t.base * (value / t.value) };
  };
  switch (form.form) {
    case 'constant':
      return { ...form, a: term(form.a) };
    case 'relative':
      return { ...form, b: term(form.b) };
    case 'full_scale':
      return { ...form, b: term(form.b), ...(form.floor && { floor: term(form.floor) }) };
    case 'sum':
      return { ...form, a: term(form.a), b: term(form.b), ...(form.share && { share: { ...form.share, b: term(form.share.b) } }) };
    case 'quadrature':
      return { ...form, a: term(form.a), b: term(form.b) };
    case 'interpolated':
      return { ...form, u1: term(form.u1), u2: term(form.u2) };
  }
}

/** The form of `factor` times U. */
export const scaleUncertainty = (form: Uncertainty, factor: number): Uncertainty => mapUncertainty(form, (value) => clean(value * factor));

/** `n` ≥ 2 points (x, U) over `interval`, ends included, in base units; logarithmic steps when the interval spans decades on one side of zero. */
export function curve(form: Uncertainty, interval: Interval, n: number, parameters?: ParameterValues): { x: number; u: number }[] {
  const { min, max } = interval;
  const logarithmic = min > 0 && max / min >= 100;
  return Array.from({ length: n }, (_, i) => {
    const t = i / (n - 1);
    const inner = logarithmic ? min * (max / min) ** t : min + (max - min) * t;
    const x = i === 0 ? min : i === n - 1 ? max : inner;
    return { x, u: evaluate(form, x, parameters) };
  });
}
