import { describe, expect, it } from 'vitest';
import { fromSeed, type SeedRow } from '#seeds/capability-row.ts';
import seed from '#seeds/data/capabilities-demo.json' with { type: 'json' };
import { stripUnits, unit } from '#tests/support/needs.ts';
import { Doubts } from '../doubts.ts';
import { parseUnit } from '../units/units.server.ts';
import { worstAbsolute } from './uncertainty.ts';
import { parseUncertainty } from './uncertainty-text.ts';

describe('demonstration data', () => {
  const rows = seed.rows as SeedRow[];
  it('has 214 rows, and every one is a capability', () => {
    expect(rows).toHaveLength(214);
    for (const row of rows) {
      const capability = fromSeed(row, 'centre');
      if (!capability.range) continue;
      const worst = worstAbsolute(capability.uncertainty, capability.range.base);
      expect(Number.isFinite(worst.value) && worst.value >= 0, row.id).toBe(true);
    }
  });

  it('reads its printed uncertainty to the same form', () => {
    for (const row of rows) {
      const capability = fromSeed(row, 'centre');
      // 满量程百分数 stands in the remark, not in the text of U.
      if (capability.uncertainty.form === 'full_scale') continue;
      const text = (row as SeedRow & { u_text_zh: string }).u_text_zh;
      // A percentage over another quantity is asked; these are errors that are percentages themselves.
      const result = parseUncertainty(text, { unit: unit(row.unit), parseUnit, doubts: new Doubts(() => 'own') });
      expect(result.ok && stripUnits(result.uncertainty), `${row.id} ${text}`).toEqual(stripUnits(capability.uncertainty));
    }
  });

  it('knows full scale, detection limits and second parameters', () => {
    const byId = new Map(rows.map((r) => [r.id, fromSeed(r, 'centre')]));
    expect(byId.get('SEED-059')!.uncertainty.form).toBe('full_scale');
    expect(byId.get('SEED-159')!.range).toBeNull();
    expect(byId.get('SEED-115')!.parameters).toMatchObject([{ name: 'frequency', range: { base: { min: 40, max: 20000 } } }]);
    expect(byId.get('SEED-001')!.parameters).toEqual([]);
    expect(byId.get('SEED-172')!.parameters).toMatchObject([{ name: 'frequency', range: { min: 1, max: 1 } }]);
  });
});
