import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { answerQuestion } from '#app/modules/capability/import/answer-question.server.ts';
import { changeImport } from '#app/modules/capability/import/change-import.server.ts';
import { confirmImport } from '#app/modules/capability/import/confirm-import.server.ts';
import { CONFIRMED } from '#app/modules/capability/import/decisions.ts';
import { exportScope } from '#app/modules/capability/import/export-scope.server.ts';
import { forgetImports } from '#app/modules/capability/import/forget-imports.server.ts';
import { openImport } from '#app/modules/capability/import/open-import.server.ts';
import { viewImport } from '#app/modules/capability/import/view-import.server.ts';
import { loadScopes } from '#app/modules/capability/search/load-scopes.server.ts';
import { capability, capabilityImport } from '#db/schema/capability.ts';
import { service, serviceCapability } from '#db/schema/catalogue.ts';
import { auditLog } from '#db/schema/core.ts';
import { demonstrationCapabilities } from '#seeds/capabilities.ts';
import { testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';

const HEAD = ['专业', '测量仪器名称', '被测量', '规范名称及代号', '测量范围', '扩展不确定度(k=2)'];
const MICROMETER = ['几何量', '外径千分尺', '示值误差', 'JJG 21-2008', '(0~25) mm', 'U=1.0 μm'];
const csv = (...rows: string[][]) => Buffer.from([HEAD, ...rows].map((row) => row.join('\t')).join('\n'));
const varied = (row: string[], at: number, text: string) => row.map((cell, i) => (i === at ? text : cell));

async function centre() {
  const deps = await testDeps();
  const m = await seedMarket(deps.db);
  const bring = async (bytes: Uint8Array, who = m.manager) => {
    const opened = await openImport(deps, who, { name: 'scope.csv', bytes });
    if (!('id' in opened)) throw new Error(opened.refused);
    return opened.id;
  };
  const view = (id: string) => viewImport(deps, m.manager, id, { filter: 'all', page: 1 });
  const take = async (id: string, { remove = false } = {}) =>
    confirmImport(deps, m.manager, id, { remove, shown: (await view(id)).outcome.signature });
  /** Everything that only asks whether it is right is. */
  const confirmAll = async (id: string) => {
    for (const { key, open } of (await view(id)).questions) if (open > 0) await answerQuestion(deps, m.manager, id, key, CONFIRMED);
  };
  const scope = () => deps.db.read((q) => q.select().from(capability).where(eq(capability.centreId, m.centreId)));
  return { deps, m, bring, view, take, confirmAll, scope };
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string }) => error.code ?? String(error),
  );

describe('bringing a scope in', () => {
  it('stores nothing before it is confirmed, and then all that is certain', async () => {
    const { deps, m, bring, view, take, scope } = await centre();
    const rows = [MICROMETER, varied(MICROMETER, 4, '≤100 mm'), varied(MICROMETER, 5, 'U=1.0'), varied(MICROMETER, 4, '(25~50) mm')];
    const id = await bring(csv(...rows));
    const shown = await view(id);
    expect(shown.counts).toMatchObject({ all: 4, ok: 2, review: 1, reject: 1, left: 0, passedOver: 0, added: 2, changed: 0 });
    expect(shown.rows.map(({ line, status }) => [line, status])).toEqual([
      [2, 'ok'],
      [3, 'review'],
      [4, 'reject'],
      [5, 'ok'],
    ]);
    expect(await scope()).toEqual([]);
    const live = loadScopes(deps);
    expect((await live.current()).of(m.centreId)).toEqual([]);
    expect(await take(id)).toEqual({ added: 2, changed: 0, removed: 0, same: 0 });
    expect((await scope()).map((row) => [row.fieldZh, row.instrumentZh, row.rangeMin, row.baseMax, row.coverageFactor]).sort()).toEqual([
      ['几何量', '外径千分尺', 0, 0.025, 2],
      ['几何量', '外径千分尺', 25, 0.05, 2],
    ]);
    // Who searches finds it, and the file is gone.
    expect((await live.current()).of(m.centreId)).toHaveLength(2);
    expect(await refusal(view(id))).toBe('not_found');
    const [entry] = await deps.db.read((q) =>
      q
        .select()
        .from(auditLog)
        .where(eq(auditLog.chain, `centre:${m.centreId}`)),
    );
    expect(entry).toMatchObject({ action: 'scope_imported', actorId: m.manager.personId });
  });

  it('shows on the next import what is new, what says something else and what is missing', async () => {
    const { bring, view, take, scope } = await centre();
    await take(await bring(csv(MICROMETER, varied(MICROMETER, 4, '(25~50) mm'))));
    const before = await scope();
    const id = await bring(csv(varied(MICROMETER, 5, 'U=0.8 μm'), varied(MICROMETER, 4, '(50~75) mm')));
    expect(await view(id)).toMatchObject({ counts: { added: 1, changed: 1, missing: 1, same: 0 }, outcome: { mayRemove: true } });
    expect(await take(id, { remove: true })).toEqual({ added: 1, changed: 1, removed: 1, same: 0 });
    const after = await scope();
    expect(after.map((row) => row.rangeMax).sort((a, b) => a - b)).toEqual([25, 75]);
    // A changed row stays the row that services are sold on.
    const changed = after.find((row) => row.rangeMax === 25);
    expect(changed).toMatchObject({ id: before.find((row) => row.rangeMax === 25)?.id, uncertaintyText: 'U=0.8 μm' });
    const again = await bring(csv(varied(MICROMETER, 5, 'U=0.8 μm'), varied(MICROMETER, 4, '(50~75) mm')));
    expect((await view(again)).counts).toMatchObject({ added: 0, changed: 0, missing: 0, same: 2 });
  });

  it('takes a row away from the services sold on it', async () => {
    const { deps, m, bring, take, scope } = await centre();
    await take(await bring(csv(MICROMETER, varied(MICROMETER, 4, '(25~50) mm'))));
    const [row] = (await scope()).filter(({ rangeMax }) => rangeMax === 50);
    await deps.db.write(async (tx) => {
      await tx.insert(serviceCapability).values({ serviceId: m.service.id, capabilityId: row!.id });
    });
    await take(await bring(csv(MICROMETER)), { remove: true });
    const [links, [sold]] = await deps.db.read(async (q) => [
      await q.select().from(serviceCapability),
      await q.select().from(service).where(eq(service.id, m.service.id)),
    ]);
    expect(links).toEqual([]);
    expect(sold?.version).toBe(m.service.version + 1);
  });

  it('takes what is understood otherwise: columns, k, field, accreditation', async () => {
    const { deps, m, bring, view, take, confirmAll, scope } = await centre();
    const id = await bring(Buffer.from('what\twhich\thow well\n外径千分尺\t(0~25) mm\tU=1 μm'));
    const shown = await view(id);
    expect(shown).toMatchObject({ sheets: [{ missing: ['instrument', 'range', 'uncertainty'], headingsLine: null }], rows: [] });
    const sheet = { read: true, columns: ['instrument', 'range', 'uncertainty'], headingsLine: 1 };
    const change = { sheets: [sheet], k: 3, field: 'dimensional', accreditationId: null };
    await changeImport(deps, m.manager, id, change);
    expect(await view(id)).toMatchObject({
      k: 3,
      counts: { review: 1 },
      sheets: [{ missing: [], mapping: [{ field: 'instrument', heading: 'what' }, {}, {}] }],
    });
    await changeImport(deps, m.manager, id, { ...change, sheets: [{ ...sheet, columns: ['range', 'range', 'constructor'] }] });
    expect((await view(id)).sheets[0]!.mapping.map(({ field }) => field)).toEqual(['range', 'skip', 'skip']);
    for (const bad of [{ k: 0.5 }, { k: Number.NaN }, { field: 'constructor' }])
      expect(await refusal(changeImport(deps, m.manager, id, { ...change, ...bad }))).toBe('invalid_form');
    expect(await refusal(changeImport(deps, m.manager, id, { ...change, accreditationId: 'of somebody else' }))).toBe('not_found');
    await changeImport(deps, m.manager, id, change);
    await confirmAll(id);
    await take(id);
    expect(await scope()).toMatchObject([{ coverageFactor: 3, fieldZh: '几何量' }]);
  });

  it('is refused when the scope is another than was shown, and when nothing can be taken', async () => {
    const { deps, m, bring, view, take, scope } = await centre();
    const [one, other] = [await bring(csv(MICROMETER)), await bring(csv(varied(MICROMETER, 5, 'U=2 μm')))];
    const { signature } = (await view(other)).outcome;
    await take(one);
    expect(await refusal(confirmImport(deps, m.manager, other, { remove: false, shown: signature }))).toBe('stale');
    expect(await scope()).toMatchObject([{ uncertaintyText: 'U=1.0 μm' }]);
    expect(await refusal(take(await bring(csv(varied(MICROMETER, 5, 'see table')))))).toBe('invalid_form');
  });

  it('is the managers’ of the centre and nobody else’s', async () => {
    const { deps, m, bring, view } = await centre();
    const stranger = await seedMarket(deps.db);
    const id = await bring(csv(MICROMETER));
    const { signature } = (await view(id)).outcome;
    const confirmation = { remove: false, shown: signature };
    const change = { sheets: [], k: 2, field: 'general', accreditationId: null };
    expect(await refusal(openImport(deps, m.technician, { pasted: 'a\tb' }))).toBe('forbidden');
    for (const [who, code] of [
      [m.technician, 'forbidden'],
      [stranger.manager, 'not_found'],
      [{ ...m.manager, organisationKind: 'sme' as const }, 'not_found'],
    ] as const) {
      expect(await refusal(confirmImport(deps, who, id, confirmation))).toBe(code);
      expect(await refusal(changeImport(deps, who, id, change))).toBe(code);
    }
    expect(await refusal(viewImport(deps, stranger.manager, id, { filter: 'all', page: 1 }))).toBe('not_found');
    expect(await refusal(exportScope(deps, stranger.buyers[0]!))).toBe('not_found');
  });

  it('is forgotten after a week', async () => {
    const { deps, bring, view } = await centre();
    const id = await bring(csv(MICROMETER));
    await forgetImports(deps);
    expect((await view(id)).id).toBe(id);
    await forgetImports({ ...deps, clock: () => deps.clock() + 8 * 86_400_000 });
    expect(await deps.db.read((q) => q.select({ id: capabilityImport.id }).from(capabilityImport))).toEqual([]);
  });
});

describe('giving a scope back', () => {
  it('what a row does not state is not taken from the row above', async () => {
    const { deps, m, bring, view, take, confirmAll } = await centre();
    const bare = varied(varied(varied(MICROMETER, 0, '—'), 2, '—'), 3, '/');
    const first = await bring(csv(MICROMETER, bare));
    await confirmAll(first);
    await take(first);
    const { csv: text } = await exportScope(deps, m.manager);
    const id = await bring(Buffer.from(text));
    expect((await view(id)).rows.map(({ text: row }) => [row.measurand, row.method]).sort()).toEqual([
      ['', ''],
      ['示值误差', 'JJG 21-2008'],
    ]);
    expect((await view(id)).counts).toMatchObject({ ok: 2, added: 0, changed: 0, missing: 0, same: 2 });
  });

  it('every demonstration row comes back as the row it is', async () => {
    const { deps, m, bring, view, scope } = await centre();
    const rows = demonstrationCapabilities(1).map((row) => ({ ...row, centreId: m.centreId, accreditationId: null }));
    await deps.db.write(async (tx) => {
      await tx.insert(capability).values(rows);
    });
    const { csv: text, name } = await exportScope(deps, m.manager);
    expect(name).toMatch(/^scope-.*\.csv$/);
    const shown = await view(await bring(Buffer.from(text)));
    const all = (await scope()).length;
    expect(shown.rows.filter(({ state }) => state !== 'ok').map(({ line, notes, text: cells }) => [line, notes, cells])).toEqual([]);
    expect(shown.counts).toMatchObject({ all, ok: all, same: all, review: 0, added: 0, changed: 0, missing: 0 });
  });
});
