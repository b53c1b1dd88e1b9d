import fc from 'fast-check';
import { expect, inject, it } from 'vitest';
import { cancelOrder, previewCancellation } from '#app/modules/orders/cancel-order.server.ts';
import { expireHolds } from '#app/modules/orders/expire-holds.server.ts';
import { HOLD_MS, holdSlot, type Placed } from '#app/modules/orders/place-order.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { openDatabase } from '#db/open.server.ts';
import { orders } from '#db/schema/orders.ts';
import { claim } from '#db/schema/scheduling.ts';
import { expectRollupKept } from '#tests/integration/scheduling/rollup-check.ts';
import { contend } from '#tests/load/contention.ts';
import { freshDatabaseUrl, MONDAY, testDeps } from '#tests/support/database.ts';
import { formFor, type Market, seedMarket, shanghai } from '#tests/support/market.ts';

const NINE = shanghai('2026-11-24T09:00');
const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );
const buyerOf = (market: Market, i: number) => market.buyers[i % market.buyers.length] as Market['buyers'][number];

it('sells three benches to exactly three of thirty buyers', async () => {
  const deps = await testDeps();
  const market = await seedMarket(deps.db, { pools: [3], buyers: 30 });
  const answers = await Promise.all(market.buyers.map((buyer) => codeOf(holdSlot(deps, buyer, formFor(market.service, NINE)))));
  expect(answers.filter((a) => a === 'done')).toHaveLength(3);
  expect(answers.filter((a) => a === 'slot_taken')).toHaveLength(27);
  expect(await deps.db.read((q) => q.$count(claim))).toBe(6);
  await expectRollupKept(deps, market.poolIds);
});

it('sells as many through two connections, and two pools at once or not at all', async () => {
  const url = await freshDatabaseUrl();
  const dbs = [openDatabase(url), openDatabase(url)] as const;
  try {
    const market = await seedMarket(dbs[0], { pools: [4, 2], buyers: 6 });
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, i) => {
        const deps = { db: dbs[i % 2 === 0 ? 0 : 1], clock: () => MONDAY };
        return codeOf(holdSlot(deps, buyerOf(market, i), formFor(market.service, NINE + (i % 3) * 1_800_000)));
      }),
    );
    expect(new Set(answers)).toEqual(new Set(['done', 'slot_taken']));
    const sold = answers.filter((a) => a === 'done').length;
    // The scarcer pool has two places from nine and two from ten at most, whatever begins half past.
    expect(sold).toBeGreaterThanOrEqual(2);
    expect(sold).toBeLessThanOrEqual(4);
    // Each order holds two cells in each of two pools: none has half of what it needs.
    expect(await dbs[0].read((q) => q.$count(claim))).toBe(sold * 4);
    await expectRollupKept({ db: dbs[0] }, market.poolIds);
  } finally {
    await Promise.all(dbs.map((db) => db.close()));
  }
});

it('sells nothing twice and loses nothing between processes', async () => {
  const result = await contend(await freshDatabaseUrl(), { processes: 2, slots: 6, buyersPerSlot: 6 });
  expect(result).toMatchObject({ overlaps: 0, lost: 0 });
  expect(result.sold).toBeGreaterThan(0);
  // Half-past starts reach over into the next slot: never more than places, and at least half of them are taken.
  expect(result.sold).toBeGreaterThanOrEqual(result.places / 2);
});

type Step =
  | { do: 'hold'; buyer: number; slot: number; quantity: number }
  | { do: 'cancel' | 'pay'; order: number }
  | { do: 'expire' }
  | { do: 'wait'; minutes: number };

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('hold' as const), buyer: fc.nat(1), slot: fc.nat(6), quantity: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('cancel' as const, 'pay' as const), order: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'expire' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(5, 31) }) },
);

it('never books a cell twice, whatever is held, paid, cancelled and expired in whatever order, some of it at once', async () => {
  const runs = inject('engine') === 'sqlite' ? 25 : 6;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 10 }), async (rounds) => {
      const deps = await testDeps();
      const market = await seedMarket(deps.db, { pools: [2, 1], service: { maxQuantity: 4 } });
      const placed: Placed[] = [];
      const run = async (it: Step): Promise<void> => {
        if (it.do === 'wait') deps.time.now += it.minutes * 60_000;
        else if (it.do === 'expire') await expireHolds(deps, async () => false);
        else if (it.do === 'hold') {
          const form = formFor(market.service, NINE + it.slot * 1_800_000, { quantity: it.quantity });
          await holdSlot(deps, buyerOf(market, it.buyer), form).then(
            (order) => placed.push(order),
            (error) => expect(['slot_taken', 'slot_closed']).toContain(error.code),
          );
        } else {
          const order = placed[it.order % Math.max(1, placed.length)];
          if (!order) return;
          if (it.do === 'pay') await deps.db.write((tx) => recordPaid(tx, { orderId: order.id, now: deps.time.now }));
          else {
            for (const buyer of market.buyers) {
              const answer = await codeOf(
                previewCancellation(deps, buyer, order.number).then(({ refund }) =>
                  cancelOrder(deps, buyer, { number: order.number, shownRefund: refund }),
                ),
              );
              expect(['done', 'not_found', 'transition_refused', 'stale']).toContain(answer);
            }
          }
        }
      };
      for (const round of rounds) {
        await Promise.all(round.map(run));
        await expectBooksInOrder(deps, market);
      }
    }),
    { numRuns: runs },
  );
});

/** Each live order has all its cells, each dead one none; the rollup agrees. */
async function expectBooksInOrder(deps: Awaited<ReturnType<typeof testDeps>>, market: Market): Promise<void> {
  const all = await deps.db.read((q) => q.select().from(orders));
  const claims = await deps.db.read((q) => q.select().from(claim));
  expect(new Set(claims.map((c) => `${c.resourceId} ${c.cell}`)).size).toBe(claims.length);
  for (const order of all) {
    const own = claims.filter((c) => c.orderId === order.id);
    const live = order.progress === 'held' || order.progress === 'confirmed';
    expect(own).toHaveLength(live ? 2 * Math.ceil(order.snapshot.minutes / 30) : 0);
    if (order.progress === 'held') expect(order.holdExpiresAt).toBe(order.createdAt + HOLD_MS);
  }
  await expectRollupKept(deps, market.poolIds);
}
