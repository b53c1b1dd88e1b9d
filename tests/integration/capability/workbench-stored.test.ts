import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { newId } from '#app/core/ids.server.ts';
import { answerRows } from '#app/modules/capability/import/answer-rows.server.ts';
import { changeImport } from '#app/modules/capability/import/change-import.server.ts';
import { confirmImport } from '#app/modules/capability/import/confirm-import.server.ts';
import { CONFIRMED } from '#app/modules/capability/import/decisions.ts';
import { KeptImports } from '#app/modules/capability/import/kept-imports.server.ts';
import { leaveRows } from '#app/modules/capability/import/leave-rows.server.ts';
import { viewImport } from '#app/modules/capability/import/view-import.server.ts';
import { removeAccreditation } from '#app/modules/centres/accreditation/save-accreditation.server.ts';
import { capabilityImport } from '#db/schema/capability.ts';
import { accreditation } from '#db/schema/centres.ts';
import { bench, refusal, row } from './bench.ts';

describe('what is stored is what was shown', () => {
  it('not when an answer, a correction or the scope changed between, though the numbers are the same', async () => {
    const { deps, m, bring, view, store, correct } = await bench();
    await store(await bring(row('甲', '(0~25) mm', 'U=1 μm')));
    const id = await bring(row('甲', '(0~25) mm', 'U=2 μm'));
    const { counts, outcome } = await view(id);
    await correct(id, '0:2', { uncertainty: 'U=3 μm' });
    expect((await view(id)).counts).toEqual(counts);
    expect(await refusal(confirmImport(deps, m.manager, id, { remove: false, shown: outcome.signature }))).toBe('stale');
    const shown = (await view(id)).outcome.signature;
    const other = await bring(row('甲', '(0~25) mm', 'U=4 μm'));
    await store(other);
    expect(await refusal(confirmImport(deps, m.manager, id, { remove: false, shown }))).toBe('stale');
    // Nothing of the decisions is lost.
    expect((await view(id)).rows[0]).toMatchObject({
      corrected: true,
      text: { uncertainty: 'U=3 μm' },
      changes: [{ before: { uncertaintyText: 'U=4 μm' } }],
    });
  });

  it('is stored once, by whichever of two browsers came first; what is decided meanwhile is in it or the storing is refused', async () => {
    const { deps, m, bring, view, scope, states } = await bench();
    const elsewhere = { ...deps, imports: new KeptImports() };
    for (let round = 0; round < 5; round++) {
      const before = (await scope()).length;
      const id = await bring(row(`甲${round}`, '(0~25) mm', 'U=1 μm'), row(`乙${round}`, '(0~50) mm', 'U=1 μm'));
      const { signature: shown } = (await view(id)).outcome;
      const both = await Promise.all([
        ...[deps, elsewhere, deps].map((one) => refusal(confirmImport(one, m.manager, id, { remove: false, shown }))),
      ]);
      expect(both.sort()).toEqual(['none', 'not_found', 'not_found']);
      expect(await refusal(confirmImport(deps, m.manager, id, { remove: false, shown }))).toBe('not_found');
      expect((await scope()).length).toBe(before + 2);
      const next = await bring(row(`丙${round}`, '(0~25) mm', 'U=1 μm'), row(`丁${round}`, '(0~50) mm', 'U=1 μm'));
      const signature = (await view(next)).outcome.signature;
      const [left, stored] = await Promise.all([
        refusal(leaveRows(elsewhere, m.manager, next, ['0:3'], true)),
        refusal(confirmImport(deps, m.manager, next, { remove: false, shown: signature })),
      ]);
      // Either the storing came first and there is nothing to decide on any more, or it was refused.
      expect([`${left} ${stored}`]).toEqual([expect.stringMatching(/^(?:not_found none|none stale)$/)]);
      expect((await scope()).length).toBe(before + (stored === 'none' ? 4 : 2));
      if (stored === 'stale') expect(await states(next)).toEqual({ 2: 'ok', 3: 'left' });
    }
  });

  it('two people’s decisions are both kept, and a second process sees the first one’s', async () => {
    const { deps, m, bring, states } = await bench();
    const id = await bring(row('甲', '≤25 mm', 'U=1 μm'), row('乙', '(0~25) mm', 'U=1 μm'));
    const elsewhere = { ...deps, imports: new KeptImports() };
    await viewImport(elsewhere, m.manager, id, { filter: 'all', page: 1 });
    await Promise.all([
      leaveRows(deps, m.manager, id, ['0:3'], true),
      answerRows(elsewhere, m.manager, id, 'lower_bound_assumed|range', new Map([['0:2', CONFIRMED]])),
    ]);
    expect(await states(id)).toEqual({ 2: 'ok', 3: 'left' });
  });

  it('under an accreditation that was taken away meanwhile, nothing is stored before somebody has seen it', async () => {
    const { deps, m, bring, view, scope } = await bench();
    const at = deps.clock();
    const held = {
      id: newId(),
      centreId: m.centreId,
      kind: 'CNAS' as const,
      number: 'L1',
      scope: '',
      validFrom: at - 1,
      validUntil: at + 1e9,
    };
    await deps.db.write(async (tx) => {
      await tx.insert(accreditation).values(held);
    });
    const id = await bring(row('甲', '(0~25) mm', 'U=1 μm'));
    await changeImport(deps, m.manager, id, { sheets: [], k: 2, field: 'dimensional', accreditationId: held.id });
    const { signature: shown } = (await view(id)).outcome;
    await removeAccreditation(deps, m.manager, held.id);
    expect(await refusal(confirmImport(deps, m.manager, id, { remove: false, shown }))).toBe('stale');
    const now = await view(id);
    expect([now.accreditationId, now.accreditations]).toEqual([null, []]);
    await confirmImport(deps, m.manager, id, { remove: false, shown: now.outcome.signature });
    expect(await scope()).toMatchObject([{ instrumentZh: '甲', accreditationId: null }]);
  });

  it('an accreditation is never presumed; rows under one keep it, and one that is chosen is shown as a change', async () => {
    const { deps, m, bring, view, store, scope } = await bench();
    const held = { id: newId(), centreId: m.centreId, kind: 'CNAS' as const, number: 'L0001', validFrom: 0, validUntil: 9e12 };
    await deps.db.write(async (tx) => {
      await tx.insert(accreditation).values(held);
    });
    const id = await bring(row('甲', '(0~25) mm', 'U=1 μm'));
    expect((await view(id)).accreditationId).toBeNull();
    await store(id);
    expect(await scope()).toMatchObject([{ accreditationId: null }]);
    const under = await bring(row('甲', '(0~25) mm', 'U=1 μm'));
    expect((await view(under)).counts).toMatchObject({ same: 1 });
    await changeImport(deps, m.manager, under, { sheets: [], k: 2, field: 'general', accreditationId: held.id });
    expect((await view(under)).accreditations).toMatchObject([{ number: 'L0001', step: 'no_certificate', coming: false }]);
    await deps.db.write(async (tx) => {
      await tx.update(accreditation).set({ checkState: 'accepted' });
    });
    expect((await view(under)).accreditations).toMatchObject([{ number: 'L0001', step: 'accepted' }]);
    expect((await view(under, { filter: 'changed' })).rows[0]?.changes).toMatchObject([
      { before: { accreditationId: null }, values: { accreditationId: held.id } },
    ]);
    await store(under);
    const again = await bring(row('甲', '(0~25) mm', 'U=1 μm'), row('乙', '(0~25) mm', 'U=1 μm'));
    expect((await view(again)).counts).toMatchObject({ same: 1, added: 1 });
    await store(again);
    expect((await scope()).map(({ accreditationId }) => accreditationId).sort()).toEqual([held.id, null]);
  });
});

it('an import from before sheets and decisions were kept is worked on; what else a workbook had is not known', async () => {
  const { deps, m, bring, view, store, states, correct } = await bench();
  await store(await bring(row('甲', '(0~25) mm', 'U=1 μm'), row('乙', '(0~25) mm', 'U=1 μm')));
  const id = await bring(row('甲', '(0~25) mm', 'U=1'));
  await deps.db.write(async (tx) => {
    await tx.update(capabilityImport).set({ sheets: [], decisions: {}, encoding: 'xlsx', revision: 2 }).where(eq(capabilityImport.id, id));
  });
  expect(await states(id)).toEqual({ 2: 'reject' });
  await correct(id, '0:2', { uncertainty: 'U=1 μm' });
  expect(await view(id)).toMatchObject({ counts: { same: 1, missing: 1 }, outcome: { mayRemove: false, whole: { unknown: true } } });
  await changeImport(deps, m.manager, id, { sheets: [], k: 2, field: 'general', accreditationId: null });
  expect((await view(id)).outcome.mayRemove).toBe(false);
});
