import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { removeRow, saveRow } from '#app/modules/capability/import/edit-row.server.ts';
import { exportScope } from '#app/modules/capability/import/export-scope.server.ts';
import type { RowText } from '#app/modules/capability/import/judge-row.ts';
import { viewRowsAtRest } from '#app/modules/capability/import/view-scope.server.ts';
import { loadScopes } from '#app/modules/capability/search/load-scopes.server.ts';
import { turnScopes } from '#app/modules/capability/search/turn-scopes.server.ts';
import { viewRow } from '#app/read-models/view-row.server.ts';
import { capability, capabilityVersion } from '#db/schema/capability.ts';
import { serviceCapability } from '#db/schema/catalogue.ts';
import { accreditation } from '#db/schema/centres.ts';
import { demonstrationCapabilities } from '#seeds/capabilities.ts';
import { testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';

const DAY = 86_400_000;
const MICROMETER: RowText = {
  field: 'dimensional',
  instrument: '外径千分尺',
  measurand: '示值误差',
  method: 'JJG 21-2008',
  range: '(0~25) mm',
  uncertainty: 'U=1.0 μm',
  k: '2',
};

async function centre() {
  const deps = await testDeps();
  const m = await seedMarket(deps.db);
  const input = (text: RowText = MICROMETER, more = {}) => ({
    id: null,
    text,
    accreditationId: null,
    reviewed: false,
    shown: '',
    validFrom: null,
    validUntil: null,
    ...more,
  });
  const add = async (text?: RowText) => {
    const saved = await saveRow(deps, m.manager, input(text));
    if (!('id' in saved)) throw new Error(JSON.stringify(saved.judged.notes));
    return saved.id;
  };
  const scope = () => deps.db.read((q) => q.select().from(capability).where(eq(capability.centreId, m.centreId)));
  return { deps, m, input, add, scope };
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string }) => error.code ?? String(error),
  );

describe('a row by hand', () => {
  it('is stored as it is read, found at once, and comes back as it was written', async () => {
    const { deps, m, input, add, scope } = await centre();
    const live = loadScopes(deps);
    expect((await live.current()).of(m.centreId)).toEqual([]);
    const id = await add();
    expect(await scope()).toMatchObject([{ id, fieldZh: '几何量', baseMax: 0.025, uncertaintyText: 'U=1.0 μm' }]);
    expect((await live.current()).of(m.centreId)).toMatchObject([{ id, uncertainty: { form: 'constant' } }]);
    const { text, signature } = await viewRow(deps, m.manager, id);
    expect(text).toMatchObject({ ...MICROMETER, instrument_en: '', conditions: '' });
    expect(await saveRow(deps, m.manager, input({ ...text, uncertainty: 'U=0.8 μm' }, { id, shown: signature }))).toEqual({ id });
    expect((await live.current()).of(m.centreId)).toMatchObject([{ uncertainty: { a: { value: 0.8 } } }]);
  });

  it('with a fault or a doubt is not stored before that is settled', async () => {
    const { deps, m, input, scope } = await centre();
    expect(await saveRow(deps, m.manager, input({ ...MICROMETER, range: '≥10 mm' }))).toMatchObject({ judged: { status: 'reject' } });
    const doubtful = { ...MICROMETER, range: '≤100 mm' };
    expect(await saveRow(deps, m.manager, input(doubtful))).toMatchObject({ judged: { status: 'review' } });
    expect(await scope()).toEqual([]);
    expect(await saveRow(deps, m.manager, input(doubtful, { reviewed: true }))).toMatchObject({ id: expect.any(String) });
    expect(await saveRow(deps, m.manager, input({ ...MICROMETER, range: '(0~25) mm\n(25~50) mm' }))).toMatchObject({
      judged: { rows: [{}, {}] },
    });
  });

  it('holds in its time alone: another may follow it, not overlap it, and search turns over with the day', async () => {
    const { deps, m, input, scope } = await centre();
    const live = loadScopes(deps);
    const start = deps.clock();
    const found = async () => (await live.current()).of(m.centreId).map(({ uncertainty }) => uncertainty);
    const save = (u: string, validFrom: number | null, validUntil: number | null) =>
      saveRow(deps, m.manager, input({ ...MICROMETER, uncertainty: u }, { validFrom, validUntil }));
    await save('U=1.0 μm', null, start + 10 * DAY - 1);
    expect(await refusal(save('U=0.8 μm', start + 9 * DAY, null))).toBe('invalid_form');
    expect(await refusal(save('U=0.8 μm', start + 9 * DAY, start + 8 * DAY))).toBe('invalid_form');
    await save('U=0.8 μm', start + 10 * DAY, null);
    await turnScopes(deps);
    expect(await found()).toMatchObject([{ a: { value: 1 } }]);
    expect(await viewRowsAtRest(deps, m.manager)).toMatchObject([{ ended: false, at: start + 10 * DAY }]);
    expect((await exportScope(deps, m.manager)).csv).not.toContain('0.8');
    deps.clock = () => start + 10 * DAY;
    expect(await turnScopes(deps)).toBe(2);
    expect(await turnScopes(deps)).toBe(0);
    expect(await found()).toMatchObject([{ a: { value: 0.8 } }]);
    expect(await viewRowsAtRest(deps, m.manager)).toMatchObject([{ ended: true }]);
    expect((await exportScope(deps, m.manager)).csv).not.toContain('1.0');
    expect(await scope()).toHaveLength(2);
  });

  it('keeps what it said before, who changed it and when; also what was removed', async () => {
    const { deps, m, input, add } = await centre();
    const id = await add();
    for (const u of ['U=0.9 μm', 'U=0.8 μm']) {
      const { signature } = await viewRow(deps, m.manager, id);
      await saveRow(deps, m.manager, input({ ...MICROMETER, uncertainty: u }, { id, shown: signature }));
    }
    const { versions, text } = await viewRow(deps, m.manager, id);
    expect(text.uncertainty).toContain('0.8');
    expect(versions.map(({ version, uncertainty }) => [version, uncertainty.includes(version === 1 ? '1.0' : '0.9')])).toEqual([
      [2, true],
      [1, true],
    ]);
    await removeRow(deps, m.manager, id);
    const kept = await deps.db.read((q) => q.select().from(capabilityVersion).where(eq(capabilityVersion.capabilityId, id)));
    expect(kept.map(({ version, removed, personId }) => [version, removed, personId]).sort()).toEqual([
      [1, false, m.manager.personId],
      [2, false, m.manager.personId],
      [3, true, m.manager.personId],
    ]);
  });

  it('is changed by one of two who began together; the other is told', async () => {
    const { deps, m, input, add } = await centre();
    const id = await add();
    const { signature } = await viewRow(deps, m.manager, id);
    const change = (u: string) => saveRow(deps, m.manager, input({ ...MICROMETER, uncertainty: u }, { id, shown: signature }));
    expect(await change('U=0.9 μm')).toEqual({ id });
    expect(await refusal(change('U=0.7 μm'))).toBe('stale');
    expect(await refusal(saveRow(deps, m.manager, input()))).toBe('invalid_form');
  });

  it('belongs to its centre: strangers find none, technicians change none, accreditations of others count for nothing', async () => {
    const { deps, m, input, add } = await centre();
    const stranger = await seedMarket(deps.db);
    await deps.db.write(async (tx) => {
      await tx
        .insert(accreditation)
        .values({ id: 'theirs', centreId: stranger.centreId, kind: 'CNAS', number: 'L1', validFrom: 0, validUntil: 1 });
    });
    const id = await add();
    expect(await refusal(viewRow(deps, stranger.manager, id))).toBe('not_found');
    expect(await refusal(removeRow(deps, stranger.manager, id))).toBe('not_found');
    expect(await refusal(saveRow(deps, stranger.manager, input(MICROMETER, { id })))).toBe('not_found');
    expect(await refusal(saveRow(deps, m.technician, input()))).toBe('forbidden');
    expect(await refusal(removeRow(deps, m.technician, id))).toBe('forbidden');
    expect(await refusal(saveRow(deps, m.manager, input({ ...MICROMETER, range: '(25~50) mm' }, { accreditationId: 'theirs' })))).toBe(
      'invalid_form',
    );
  });

  it('is removed with its place on the services sold on it', async () => {
    const { deps, m, add, scope } = await centre();
    const id = await add();
    await deps.db.write(async (tx) => {
      await tx.insert(serviceCapability).values({ serviceId: m.service.id, capabilityId: id });
    });
    expect((await viewRow(deps, m.manager, id)).services).toBe(1);
    await removeRow(deps, m.manager, id);
    expect([await scope(), await deps.db.read((q) => q.select().from(serviceCapability))]).toEqual([[], []]);
    expect(await refusal(removeRow(deps, m.manager, id))).toBe('not_found');
  });

  it('of the demonstration opens in the form and is stored unchanged', async () => {
    const { deps, m, input, scope } = await centre();
    const all = demonstrationCapabilities(1);
    const rows = all
      .filter((row) => row.centreId === all[0]?.centreId)
      .map((row) => ({ ...row, centreId: m.centreId, accreditationId: null }));
    expect(rows.length).toBeGreaterThan(10);
    await deps.db.write(async (tx) => {
      await tx.insert(capability).values(rows);
    });
    const before = await scope();
    for (const { id } of before) {
      const { text, signature } = await viewRow(deps, m.manager, id);
      expect(await saveRow(deps, m.manager, input(text, { id, shown: signature, reviewed: true }))).toEqual({ id });
    }
    const numbers = (list: typeof before) =>
      list.map(({ id, baseMin, baseMax, uncertainty, coverageFactor }) => ({ id, baseMin, baseMax, uncertainty, coverageFactor }));
    const after = await scope();
    expect(numbers(after).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(numbers(before).sort((a, b) => (a.id < b.id ? -1 : 1)));
  });
});
