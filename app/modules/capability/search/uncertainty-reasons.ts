/** What a match says of U: how small it is, against what is required, and how the rows state it. */
import type { Capability } from '../rules/capability.ts';
import { isCompared } from '../rules/uncertainty/coverage-factor.ts';
import { shareOfSpanIn } from '../rules/uncertainty/full-scale.ts';
import { evaluate, type Uncertainty, worstAbsolute } from '../rules/uncertainty/uncertainty.ts';
import { clean, differenceFromBase, differenceKind, fromBase, RATIO_KIND, type Unit } from '../rules/units/quantities.ts';
import type { Amount, Plus, Reason, RequiredAmount } from './match-reasons.ts';
import { type Assessment, answering, type Need, type StatedLimit } from './matching.ts';

/** Two significant digits upwards: a limit at which the need is surely met. */
function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return value;
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  return clean(Math.ceil(clean(value / step)) * step);
}

export function uncertaintyReasons(need: Need, a: Assessment, first: Capability): Reason[] {
  const atUnit = need.unit ?? first.range?.unit ?? first.uncertaintyUnit;
  const position = (x: number): Amount => ({ value: fromBase(x, atUnit), unit: atUnit.code });
  const own = (base: number): Amount => ({ value: differenceFromBase(base, first.uncertaintyUnit), unit: first.uncertaintyUnit.code });
  const { required } = need;
  const c = a.compared;
  if (!required || !c) {
    const relative =
      Number.isFinite(a.relative) && first.uncertaintyUnit.kind !== RATIO_KIND && differenceKind(first.uncertaintyUnit) !== 'level'
        ? clean(a.relative * 100)
        : null;
    if (!Number.isFinite(a.absolute)) return [];
    const u = own(a.absolute);
    const stated = { relative, share: shareOf(a), over: overOf(a) };
    return [{ code: 'u_best', u, at: position(a.absoluteAt), ...stated }, ...asStated(a, a.absoluteAt, u)];
  }
  if (!c.comparable) {
    const u = own(a.absolute);
    return [{ code: 'u_not_comparable', u }, ...asStated(a, a.absoluteAt, u)];
  }
  const amount = (base: number): Amount =>
    'unit' in required
      ? { value: differenceFromBase(base, required.unit), unit: required.unit.code }
      : { value: clean(base * 100), unit: '%' };
  const limit: RequiredAmount = {
    ...amount(c.limit),
    ...('stated' in required && required.stated ? { stated: statedLimit(required.stated, amount) } : {}),
  };
  if (!Number.isFinite(c.u)) return [{ code: 'u_unbounded', required: limit, at: position(c.at) }];
  if (a.ofAskedSpan !== null) return spanOpen(need, a, amount, limit);
  const u = amount(c.u);
  const tooLarge = c.u > c.limit * (1 + 1e-9);
  const reasons: Reason[] = tooLarge
    ? [
        {
          code: 'u_too_large',
          u,
          required: limit,
          at: position(c.at),
          excess: c.u / c.limit,
          relaxTo: { value: roundUp(u.value), unit: u.unit },
        },
      ]
    : [{ code: 'u_within', u, required: limit, at: position(c.at) }];
  reasons.push(...asStated(a, c.at, u));
  if (a.tur !== null && 'ratio' in required) reasons.push({ code: 'tur', tur: a.tur, asked: required.ratio });
  return reasons;
}

function spanOpen(need: Need, a: Assessment, amount: (base: number) => Amount, required: RequiredAmount): Reason[] {
  const [asked] = need.extent;
  const shares = answering(a).flatMap(({ uncertainty, range }) => {
    const share = shareOfSpanIn(uncertainty);
    return share && range
      ? [{ ...share, unit: range.unit, worst: worstAbsolute(uncertainty, range.base).value, plus: besideShare(uncertainty) }]
      : [];
  });
  const [widest] = shares.sort((x, y) => y.worst - x.worst);
  if (!widest || !asked || a.ofAskedSpan === null || !a.compared) return [];
  const length = (base: number, unit: Unit): Amount => ({ value: differenceFromBase(base, unit), unit: unit.code });
  return [
    {
      code: 'u_span_open',
      share: clean(widest.b.base * 100),
      plus: widest.plus,
      u: amount(a.ofAskedSpan),
      asked: length(asked.max - asked.min, need.unit ?? widest.unit),
      own: amount(a.compared.u),
      span: length(widest.span.base, widest.unit),
      required,
    },
  ];
}

function besideShare(form: Uncertainty): Plus | null {
  if (form.form === 'sum') return { value: form.b.value, unit: form.b.unit, ofReading: true };
  return form.form === 'full_scale' && form.floor ? { value: form.floor.value, unit: form.floor.unit, ofReading: false } : null;
}

/** The largest share of the reading, in percent, where all rows that answer state U so. */
function shareOf(a: Assessment): number | null {
  const shares = answering(a).map(({ uncertainty: u }) => (u.form === 'relative' && u.origin === undefined ? u.b.base : Number.NaN));
  const largest = Math.max(...shares);
  return Number.isNaN(largest) ? null : clean(largest * 100);
}

function overOf({ pieces }: Assessment): 'range' | 'point' | 'everywhere' {
  const rows = pieces.flatMap((piece) => piece.rows.map(({ uncertainty: u }) => (u.form === 'constant' ? u.a.base : Number.NaN)));
  if (rows.every((u) => u === rows[0])) return 'everywhere';
  return pieces.every(({ min, max }) => min === max) ? 'point' : 'range';
}

const statedLimit = ({ limit, k, confidence }: StatedLimit, amount: (base: number) => Amount) => ({
  value: amount(limit).value,
  k,
  confidence,
});

/** How the row behind the U at `at` states it, where it is another figure than the one compared. */
function asStated({ pieces }: Assessment, at: number, u: Amount): Reason[] {
  const holding = pieces.filter((piece) => piece.min <= at && at <= piece.max).flatMap((piece) => piece.rows);
  const [row] = holding.sort((a, b) => evaluate(b.uncertainty, at) - evaluate(a.uncertainty, at));
  if (!row || isCompared(row)) return [];
  const { k, confidence, comparisonFactor } = row;
  return [{ code: 'u_stated', stated: { value: clean(u.value / comparisonFactor), unit: u.unit }, u, k, confidence }];
}
