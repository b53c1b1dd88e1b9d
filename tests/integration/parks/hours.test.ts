/** What lies under a park's figure sums to it: by day, and by the orders that hold the time. */
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#app/core/actor.ts';
import { newId } from '#app/core/ids.server.ts';
import { handedDown } from '#app/http/handed-down.ts';
import { cancelOrder } from '#app/modules/orders/cancel-order.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { weekOf } from '#app/modules/parks/utilization.ts';
import { dayOf } from '#app/modules/scheduling/local-day.ts';
import { listParkOrders, viewParkDays } from '#app/read-models/view-park-hours.server.ts';
import { viewUtilization } from '#app/read-models/view-utilization.server.ts';
import { centre, park } from '#db/schema/centres.ts';
import { organisation } from '#db/schema/identity.ts';
import { pool } from '#db/schema/scheduling.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, seedMarket, shanghai } from '#tests/support/market.ts';

const ZONE = 'Asia/Shanghai';
const DAY = dayOf(ZONE, shanghai('2026-11-24T09:00'));

/** A park with one centre whose service takes a bench and a technician, and three orders over three days. */
async function busyPark() {
  const deps = await testDeps();
  const m = await seedMarket(deps.db, { pools: [2, 1] });
  const organisationId = newId();
  await deps.db.write(async (tx) => {
    await tx.insert(organisation).values({ id: organisationId, kind: 'park', slug: 'park', nameZh: '园', nameEn: 'Park', createdAt: 1 });
    const place = { nameZh: '园', nameEn: 'Park', cityZh: '苏州', cityEn: 'Suzhou' };
    await tx.insert(park).values({ id: 'park', slug: 'park', organisationId, ...place });
    await tx.update(centre).set({ parkId: 'park' }).where(eq(centre.id, m.centreId));
    await tx
      .update(pool)
      .set({ kind: 'technician', gridMinutes: 15 })
      .where(eq(pool.id, m.poolIds[1] as string));
  });
  const administrator: Actor = { personId: 'a', organisationId, organisationKind: 'park', role: 'administrator' };
  const book = (at: string, quantity: number, buyer = 0) =>
    holdSlot(deps, m.buyers[buyer] as Actor, formFor(m.service, shanghai(at), { quantity }));
  const first = await book('2026-11-24T09:00', 2);
  const second = await book('2026-11-25T13:00', 3, 1);
  const third = await book('2026-11-26T09:00', 1);
  await cancelOrder({ ...deps, ...handedDown }, m.buyers[0] as Actor, { number: third.number, shownRefund: 0 });
  return { deps, m, administrator, first, second };
}
const question = (of: string, firstDay = DAY - 7, lastDay = DAY + 7) => ({ of, firstDay, lastDay });
const ALL = { page: 1, perPage: 50 };

describe('under a figure', () => {
  it.each(['equipment', 'people'] as const)('%s: days and orders come to what the park’s page says', async (kind) => {
    const { deps, administrator, first, second } = await busyPark();
    const week = weekOf(DAY);
    const { now } = await viewUtilization(deps, administrator, { firstWeek: week, lastWeek: week });
    const { days, total, subject } = await viewParkDays(deps, administrator, question(kind));
    const { orders, count } = await listParkOrders(deps, administrator, question(kind), ALL);
    expect(subject).toEqual({ kind, pool: null });
    expect(total.booked).toBe(now.totals[kind].booked);
    expect(total.booked).toBeGreaterThan(0);
    expect(days.map(({ booked }) => booked).filter(Boolean)).toEqual([90, 120]);
    expect(orders.map(({ id, booked }) => [id, booked])).toEqual([
      [first.id, 90],
      [second.id, 120],
    ]);
    expect(count).toBe(2);
  });

  it('one pool and one day: what began on that day of the centre', async () => {
    const { deps, m, administrator, second } = await busyPark();
    const bench = m.poolIds[0] as string;
    const found = await listParkOrders(deps, administrator, question(bench, DAY + 1, DAY + 1), ALL);
    expect(found.orders.map(({ id, booked, used }) => ({ id, booked, used }))).toEqual([{ id: second.id, booked: 120, used: 0 }]);
    expect(found.subject).toMatchObject({ kind: 'equipment', pool: { id: bench } });
    expect((await listParkOrders(deps, administrator, question(bench, DAY + 2, DAY + 2), ALL)).orders).toEqual([]);
  });

  it('is paged, none left out or twice', async () => {
    const { deps, administrator, first, second } = await busyPark();
    const pageOf = async (page: number) => (await listParkOrders(deps, administrator, question('equipment'), { page, perPage: 1 })).orders;
    expect([...(await pageOf(1)), ...(await pageOf(2)), ...(await pageOf(3))].map(({ id }) => id)).toEqual([first.id, second.id]);
  });

  it('says neither who bought nor for how much, and nothing to others', async () => {
    const { deps, m, administrator } = await busyPark();
    const { orders } = await listParkOrders(deps, administrator, question('equipment'), ALL);
    for (const order of orders) {
      expect(JSON.stringify(order)).not.toContain(m.buyers[0]?.organisationId);
      expect(Object.keys(order)).not.toEqual(expect.arrayContaining(['gross']));
      expect(Object.keys(order).some((name) => /buyer|net|gross|price|snapshot|address|person|notes/i.test(name))).toBe(false);
    }
    const refused = (work: Promise<unknown>) =>
      work.then(
        () => 'none',
        ({ code }: { code?: string }) => code,
      );
    const other = { ...administrator, organisationId: 'other' };
    expect(await refused(viewParkDays(deps, other, question(m.poolIds[0] as string)))).toBe('not_found');
    expect(await refused(listParkOrders(deps, other, question(m.poolIds[0] as string), ALL))).toBe('not_found');
    expect(await refused(viewParkDays(deps, m.manager, question('equipment')))).toBe('not_found');
    expect((await viewParkDays(deps, other, question('people'))).days).toEqual([]);
    expect((await listParkOrders(deps, other, question('people'), ALL)).orders).toEqual([]);
    expect(await refused(viewParkDays(deps, administrator, question('no-pool')))).toBe('not_found');
  });
});
