/** A scope given out and brought in again is the same scope: nothing is new, changed, missing or to be decided. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nameOf } from '#app/modules/capability/import/cell-text.ts';
import { exportScope } from '#app/modules/capability/import/export-scope.server.ts';
import { openImport } from '#app/modules/capability/import/open-import.server.ts';
import { viewImport } from '#app/modules/capability/import/view-import.server.ts';
import { parseUncertainty } from '#app/modules/capability/rules/uncertainty/uncertainty-text.ts';
import { parseUnit } from '#app/modules/capability/rules/units/units.server.ts';
import { capability } from '#db/schema/capability.ts';
import { accreditation } from '#db/schema/centres.ts';
import { testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';

type Row = Omit<typeof capability.$inferInsert, 'centreId' | 'id' | 'createdAt'>;

const unit = (code: string) => {
  const read = parseUnit(code);
  if (!read.ok) throw new Error(code);
  return read.unit;
};

/** Texts as people name things: not empty, one line, no spaces around, without the dashes and marks no name is stored with. */
const name = fc
  .stringMatching(/^[\u4e00-\u9fa5A-Za-z0-9Ωµ(),;"'=+@#%/.·-]{1,12}$/)
  .filter((text) => text.trim() === text && !/^(?:[—–-]|\/|／)$/.test(text) && nameOf(text) === text);
const maybe = (text: fc.Arbitrary<string>) => fc.option(text, { nil: '' });
const FORMS: [code: string, texts: string[]][] = [
  ['mm', ['U=1.0 μm', 'U=0.06 μm+7×10⁻⁷L', 'U=Q[0.025 μm, 3×10⁻⁷L]', 'Urel=0.3 %', 'U=(1.0~2.6) μm', 'U=0.06 %FS']],
  ['V', ['U=20 μV', 'Urel=2×10⁻⁵', 'U=0.1 mV+1×10⁻⁴×读数', '0.2 mV (10 Hz~100 kHz); 0.5 mV (100 kHz~1 MHz)']],
  ['Cel', ['U=0.05 ℃', 'U=0.2 ℃']],
  ['MPa', ['U=0.003 MPa', 'U=0.05 %FS', 'Urel=0.02 %']],
  ['%RH', ['U=1.2 %RH']],
];
const ends = fc.tuple(fc.integer({ min: -50, max: 900 }), fc.integer({ min: 1, max: 900 }));

/** As rows are stored, of everything a row may state. */
const row: fc.Arbitrary<Row> = fc
  .record({
    form: fc.constantFrom(...FORMS),
    pick: fc.nat(),
    ends,
    zh: name,
    en: maybe(name),
    measurand: maybe(name),
    measurandEn: maybe(name),
    method: maybe(name),
    field: fc.constantFrom('几何量', '电磁', '热学', 'general'),
    k: fc.constantFrom(2, 1, 1.65, 2.58, 3),
    confidence: fc.constantFrom(null, 0.95, 0.99),
    designation: maybe(name),
    conditions: maybe(name),
    conditionsEn: maybe(name),
    parameter: fc.boolean(),
  })
  .map(({ form: [code, texts], pick, ends: [from, width], ...said }) => {
    const own = unit(code);
    const [rangeMin, rangeMax] = code === 'Cel' ? [from, from + width] : [Math.abs(from), Math.abs(from) + width];
    const uncertaintyText = texts[pick % texts.length]!;
    const read = parseUncertainty(uncertaintyText, { unit: own, range: { min: rangeMin, max: rangeMax }, parseUnit });
    if (!read.ok) throw new Error(uncertaintyText);
    const hertz = unit('Hz');
    const within = { min: 40, max: 1000 };
    return {
      fieldZh: said.field,
      instrumentZh: said.zh,
      instrumentEn: said.en,
      measurandZh: said.measurand,
      measurandEn: said.measurandEn,
      method: said.method,
      rangeMin,
      rangeMax,
      unit: own.code,
      baseMin: rangeMin * own.scale + own.offset,
      baseMax: rangeMax * own.scale + own.offset,
      kind: own.kind,
      uncertainty: read.uncertainty,
      uncertaintyText,
      secondParameters:
        said.parameter && code === 'V' && read.uncertainty.form !== 'table'
          ? [{ name: 'frequency', range: { ...within, unit: hertz, base: within } }]
          : [],
      coverageFactor: said.k,
      confidence: said.confidence,
      comparisonFactor: said.k === 2 ? 1 : 2 / said.k,
      designation: said.designation,
      conditionsZh: said.conditions,
      conditionsEn: said.conditionsEn,
    };
  });

async function centre() {
  const deps = await testDeps();
  const m = await seedMarket(deps.db);
  const held = { id: `held-${m.centreId}`, centreId: m.centreId, kind: 'CNAS' as const, number: 'L0001', validFrom: 0, validUntil: 9e12 };
  await deps.db.write(async (tx) => {
    await tx.insert(accreditation).values(held);
  });
  const again = async (rows: Row[]) => {
    await deps.db.write(async (tx) => {
      await tx.delete(capability);
      const bounds = { validFrom: 0, validUntil: 9e12 };
      await tx.insert(capability).values(
        rows.map((one, i) => ({
          ...one,
          ...(i % 3 === 0 ? bounds : {}),
          id: `${i}`.padStart(9, '0'),
          centreId: m.centreId,
          createdAt: 1,
          accreditationId: i % 2 ? held.id : null,
        })),
      );
    });
    const { csv } = await exportScope(deps, m.manager);
    const opened = await openImport(deps, m.manager, { name: 'scope.csv', bytes: Buffer.from(csv) });
    if (!('id' in opened)) throw new Error(`${opened.refused}\n${csv}`);
    const { counts, rows: shown, examplesChanged, outcome } = await viewImport(deps, m.manager, opened.id, { filter: 'all', page: 1 });
    return {
      csv,
      counts,
      examplesChanged,
      outcome,
      open: shown.filter(({ state }) => state !== 'ok').map(({ text, notes }) => ({ text, notes })),
    };
  };
  return { again };
}

it('whatever its rows state', async () => {
  const { again } = await centre();
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
      const { counts, open, examplesChanged, outcome, csv } = await again(rows);
      const said = JSON.stringify({ open, examplesChanged, csv });
      expect(counts, said).toMatchObject({
        all: rows.length,
        ok: rows.length,
        same: rows.length,
        added: 0,
        changed: 0,
        missing: 0,
        review: 0,
        reject: 0,
      });
      expect(outcome.waiting, said).toBe(0);
    }),
    { numRuns: 60 },
  );
});
