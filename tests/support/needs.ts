import { type Capability, declaredRange, nameKey } from '#app/modules/capability/rules/capability.ts';
import type { Uncertainty } from '#app/modules/capability/rules/uncertainty/uncertainty.ts';
import { parseUncertainty } from '#app/modules/capability/rules/uncertainty/uncertainty-text.ts';
import { differenceToBase, toBase, type Unit } from '#app/modules/capability/rules/units/quantities.ts';
import { parseUnit } from '#app/modules/capability/rules/units/units.server.ts';
import type { Match, Reason } from '#app/modules/capability/search/match-reasons.ts';
import type { Need, Requirement } from '#app/modules/capability/search/matching.ts';
import { fromSeed, type SeedRow } from '#seeds/capability-row.ts';
import seed from '#seeds/data/capabilities-demo.json' with { type: 'json' };

export function unit(text: string): Unit {
  const found = parseUnit(text);
  if (!found.ok) throw new Error(text);
  return found.unit;
}

export const rows = (seed.rows as SeedRow[]).map((row) => fromSeed(row, 'centre-1'));

export function need(
  instrument: string,
  min: number,
  max: number,
  code: string,
  required: Requirement | null = null,
  more: Partial<Need> = {},
): Need {
  const u = unit(code);
  return {
    instruments: instrument === '' ? [] : [nameKey(instrument)],
    measurands: [],
    designation: null,
    unit: u,
    extent: [{ min: toBase(min, u), max: toBase(max, u) }],
    required,
    parameters: [],
    at: null,
    ...more,
  };
}

export const atMost = (limit: number, code: string): Requirement => ({
  type: 'absolute',
  limit: differenceToBase(limit, unit(code)),
  unit: unit(code),
});

export function reason<C extends Reason['code']>(match: Match | undefined, code: C): Extract<Reason, { code: C }> {
  const found = match?.reasons.find((r) => r.code === code);
  if (!found) throw new Error(`no ${code} in ${JSON.stringify(match?.reasons)}`);
  return found as Extract<Reason, { code: C }>;
}

export function row(id: string, min: number, max: number, U: string, more: Partial<Capability> = {}): Capability {
  const mm = unit('mm');
  const parsed = parseUncertainty(U, { unit: mm, parseUnit });
  if (!parsed.ok) throw new Error(U);
  return { ...rows[2]!, id, range: declaredRange(min, max, mm), uncertainty: parsed.uncertainty, ...more };
}

/** Base numbers only, to nine digits: 0.00004 % and 4×10⁻⁷ are the same form. */
export function stripUnits(form: Uncertainty): unknown {
  return JSON.parse(
    JSON.stringify(form, (key, v) =>
      key === 'unit' || key === 'value' ? undefined : typeof v === 'number' ? Number(v.toPrecision(9)) : v,
    ),
  );
}
