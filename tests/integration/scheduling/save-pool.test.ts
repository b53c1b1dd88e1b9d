import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { holdSlot } from '#app/modules/orders/hold-slot.server.ts';
import { earliestStarts } from '#app/modules/scheduling/earliest-start.server.ts';
import { findFreeStarts } from '#app/modules/scheduling/find-free-starts.server.ts';
import { compareRollup } from '#app/modules/scheduling/rebuild-rollup.server.ts';
import { type PoolInput, savePool } from '#app/modules/scheduling/save-pool.server.ts';
import { viewPoolMonth } from '#app/modules/scheduling/view-pool-month.server.ts';
import { viewPool, viewPools } from '#app/modules/scheduling/view-pools.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { claim, resource } from '#db/schema/scheduling.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, seedMarket, shanghai } from '#tests/support/market.ts';

const NINE = shanghai('2026-11-24T09:00');

async function centre(options: Parameters<typeof seedMarket>[1] = {}) {
  const deps = await testDeps();
  const m = await seedMarket(deps.db, options);
  const inputOf = async (poolId: string, change: (input: PoolInput) => Partial<PoolInput> = () => ({})): Promise<PoolInput> => {
    const { pool, resources } = await viewPool(deps, m.manager, poolId);
    if (!pool) throw new Error('no pool');
    const input = { ...pool, resources };
    return { ...input, ...change(input) };
  };
  const sold = async () => {
    const [row] = await deps.db.read((q) => q.select().from(service).where(eq(service.id, m.service.id)));
    return row ?? m.service;
  };
  const starts = async () =>
    (await findFreeStarts(deps, { service: await sold(), quantity: 1, firstDay: '2026-11-23' })).week.days.flatMap((day) =>
      day.starts.map(({ at }) => at),
    );
  return { deps, m, inputOf, sold, starts };
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string; facts?: { field?: string } }) => [error.code, error.facts?.field].filter(Boolean).join(' ') || String(error),
  );

describe('a pool', () => {
  it('whose hours change sells by the new ones at once, and its booked orders stay', async () => {
    const { deps, m, inputOf, starts, sold } = await centre();
    const poolId = m.poolIds[0]!;
    const order = await holdSlot(deps, m.buyers[0]!, formFor(m.service, NINE));
    expect(await starts()).toContain(shanghai('2026-11-25T09:00'));
    const before = await earliestStarts(deps, [await sold()]);
    await savePool(deps, m.manager, await inputOf(poolId, () => ({ weeklyHours: [[], [], [], [[600, 720]], [], [], []] })));
    const now = await starts();
    expect(new Set(now.map((at) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10)))).toEqual(new Set(['2026-11-26']));
    expect((await earliestStarts(deps, [await sold()])).get(m.service.id)).not.toBe(before.get(m.service.id));
    expect(await refusal(holdSlot(deps, m.buyers[1]!, formFor(m.service, shanghai('2026-11-25T09:00'))))).toBe('slot_closed');
    expect((await deps.db.read((q) => q.select().from(claim).where(eq(claim.orderId, order.id)))).length).toBeGreaterThan(0);
  });

  it('whose resource ends sells it no longer, names the orders behind that day, and sells the others', async () => {
    const { deps, m, inputOf, starts } = await centre({ pools: [2] });
    const poolId = m.poolIds[0]!;
    await holdSlot(deps, m.buyers[0]!, formFor(m.service, shanghai('2026-11-26T09:00')));
    const [taken] = await deps.db.read((q) => q.select().from(claim));
    const end = shanghai('2026-11-25T00:00') - 1;
    const ending = (ids: (id: string) => boolean) => (input: PoolInput) => ({
      resources: input.resources.map((one) => ({ ...one, validUntil: ids(one.id ?? '') ? end : null })),
    });
    await savePool(
      deps,
      m.manager,
      await inputOf(
        poolId,
        ending((id) => id === taken?.resourceId),
      ),
    );
    const shown = await viewPool(deps, m.manager, poolId);
    expect(shown.touched).toEqual([{ number: expect.stringMatching(/^HJ-/), at: shanghai('2026-11-26T09:00') }]);
    expect(await starts()).toContain(shanghai('2026-11-26T09:00'));
    await holdSlot(deps, m.buyers[1]!, formFor(m.service, shanghai('2026-11-26T09:00')));
    const used = await deps.db.read((q) =>
      q
        .select()
        .from(claim)
        .where(and(eq(claim.poolId, poolId))),
    );
    expect(new Set(used.map((row) => row.resourceId)).size).toBe(2);
    await savePool(
      deps,
      m.manager,
      await inputOf(
        poolId,
        ending(() => true),
      ),
    );
    expect((await starts()).every((at) => at < end)).toBe(true);
    expect(await starts()).toContain(NINE);
    expect(await refusal(holdSlot(deps, m.buyers[0]!, formFor(m.service, shanghai('2026-11-27T09:00'))))).toBe('slot_taken');
    await holdSlot(deps, m.buyers[0]!, formFor(m.service, NINE));
  });

  it('out of use and put to use: resources come and go, open minutes follow', async () => {
    const { deps, m, inputOf, starts } = await centre({ pools: [1] });
    const poolId = m.poolIds[0]!;
    const days = { firstDay: 20_782, untilDay: 20_800 };
    await savePool(deps, m.manager, await inputOf(poolId));
    expect(await compareRollup(deps, poolId, days)).toEqual([]);
    await savePool(
      deps,
      m.manager,
      await inputOf(poolId, (input) => ({
        resources: [...input.resources, { id: null, nameZh: '二号', nameEn: '', active: true, certificate: '', validUntil: null }],
      })),
    );
    expect(await compareRollup(deps, poolId, days)).toEqual([]);
    await savePool(
      deps,
      m.manager,
      await inputOf(poolId, (input) => ({ resources: input.resources.map((one) => ({ ...one, active: false })) })),
    );
    expect(await starts()).toEqual([]);
    expect((await viewPools(deps, m.manager)).find(({ id }) => id === poolId)?.resources).toEqual([]);
  });

  it('made new can be sold from; and belongs to its centre', async () => {
    const { deps, m, inputOf } = await centre();
    const input = { ...(await inputOf(m.poolIds[0]!)), id: null, nameZh: '新工位', resources: [] };
    const one = { id: null, nameZh: '一号', nameEn: '', active: true, certificate: 'DEMO-1', validUntil: null };
    const id = await savePool(deps, m.manager, { ...input, resources: [one] });
    expect((await viewPool(deps, m.manager, id)).resources).toMatchObject([{ nameZh: '一号', certificate: 'DEMO-1' }]);
    expect(await refusal(savePool(deps, m.manager, { ...input, nameZh: '' }))).toBe('invalid_form nameZh');
    expect(await refusal(savePool(deps, m.manager, { ...input, gridMinutes: 7 }))).toBe('invalid_form gridMinutes');
    expect(await refusal(savePool(deps, m.manager, { ...input, resources: [{ ...one, nameZh: '' }] }))).toBe('invalid_form resources');
    expect(await refusal(savePool(deps, m.technician, input))).toBe('forbidden');
    const stranger = await seedMarket(deps.db);
    expect(await refusal(savePool(deps, stranger.manager, { ...input, id }))).toBe('not_found');
    expect(await refusal(viewPool(deps, stranger.manager, id))).toBe('not_found');
    const theirs = (await deps.db.read((q) => q.select().from(resource).where(eq(resource.poolId, stranger.poolIds[0]!))))[0]!;
    expect(await refusal(savePool(deps, m.manager, { ...input, id, resources: [theirs] }))).toBe('not_found');
  });
});

describe('a month of a centre', () => {
  it('shows what the claims of each day come to, and only to the centre', async () => {
    const { deps, m } = await centre({ pools: [2] });
    await savePool(deps, m.manager, { ...(await viewPool(deps, m.manager, m.poolIds[0]!)).pool!, resources: [] });
    await holdSlot(deps, m.buyers[0]!, formFor(m.service, NINE));
    const view = await viewPoolMonth(deps, m.technician, { month: '2026-11' });
    expect(view).toMatchObject({ month: '2026-11', previous: '2026-10', next: '2026-12' });
    const booked = view.pools[0]!.resources.map(({ days }) => days[23]?.booked ?? 0);
    const claims = await deps.db.read((q) => q.select().from(claim));
    expect(booked.reduce((sum, minutes) => sum + minutes, 0)).toBe(claims.length * 30);
    expect(view.pools[0]!.resources[0]!.days[28]).toEqual({ open: 0, booked: 0 }); // a Sunday
    expect((await viewPoolMonth(deps, m.manager, { month: 'x' })).month).toBe('2026-11');
    const stranger = await seedMarket(deps.db);
    expect(await refusal(viewPoolMonth(deps, stranger.manager, { poolId: m.poolIds[0] }))).toBe('not_found');
    expect(await refusal(viewPoolMonth(deps, m.buyers[0]!))).toBe('not_found');
  });
});
