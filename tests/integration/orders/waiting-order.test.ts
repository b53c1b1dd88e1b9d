import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, inject, it } from 'vitest';
import { expireHolds } from '#app/modules/orders/expire-holds.server.ts';
import { declineOffer, takeOffer } from '#app/modules/orders/offers/answer-offer.server.ts';
import { expireOffers } from '#app/modules/orders/offers/expire-offers.server.ts';
import { waitForEarlier } from '#app/modules/orders/offers/join-waiting-list.server.ts';
import { offerFreed } from '#app/modules/orders/offers/offer-freed.server.ts';
import { orders, slotOffer, waitingPlace } from '#db/schema/orders.ts';
import { claim } from '#db/schema/scheduling.ts';
import { expectRollupKept } from '#tests/integration/scheduling/rollup-check.ts';
import type { testDeps } from '#tests/support/database.ts';
import { HOUR, market, refusal, THURSDAY, TUESDAY, WEDNESDAY } from './waiting-market.ts';

const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('book' as const), buyer: fc.nat(3), day: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join' as const), buyer: fc.nat(3), day: fc.nat(3) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom<'cancel' | 'wait' | 'take' | 'decline'>('cancel', 'wait', 'take', 'decline'),
      n: fc.nat(9),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ do: 'sweep' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sleep' as const), hours: fc.constantFrom(1, 5) }) },
);

it('claims no cell twice and keeps the order of waiting, whatever is booked, waited for, taken, cancelled and let lapse', async () => {
  const runs = inject('engine') === 'sqlite' ? 20 : 5;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 12 }), async (rounds) => {
      const { deps, m, cancel, join, offers, open, book } = await market();
      const placed: { number: string; buyer: number }[] = [];
      for (const [day, buyer] of [0, 3, 0].entries()) placed.push({ number: (await book(TUESDAY + day * 24 * HOUR, buyer)).number, buyer });
      await join(1, THURSDAY);
      const allowed = ['none', 'slot_taken', 'slot_closed', 'still_free', 'too_many', 'stale', 'not_found', 'transition_refused'];
      const expectAllowed = async (work: Promise<unknown>) => expect([...allowed, 'out_of_range']).toContain(await refusal(work));
      for (const round of rounds) {
        const before = await offers();
        await Promise.all(
          round.map(async (it) => {
            if (it.do === 'sleep') deps.time.now += it.hours * HOUR;
            else if (it.do === 'sweep') {
              await expireHolds(deps, async () => false);
              await expireOffers(deps);
              await offerFreed(deps);
            } else if (it.do === 'book')
              await expectAllowed(
                book(TUESDAY + it.day * 24 * HOUR, it.buyer).then(({ number }) => placed.push({ number, buyer: it.buyer })),
              );
            else if (it.do === 'join') await expectAllowed(join(it.buyer, WEDNESDAY + it.day * 24 * HOUR));
            else if (it.do === 'cancel' || it.do === 'wait') {
              const order = placed[it.n % Math.max(1, placed.length)];
              if (order)
                await expectAllowed(
                  it.do === 'cancel' ? cancel(order.number, order.buyer) : waitForEarlier(deps, m.buyers[order.buyer]!, order.number),
                );
            } else {
              const all = await open();
              const offer = all[it.n % Math.max(1, all.length)];
              const buyer = offer && m.buyers.find(({ organisationId }) => organisationId === offer.buyerId);
              if (buyer) await expectAllowed((it.do === 'take' ? takeOffer : declineOffer)(deps, buyer, offer.id));
            }
          }),
        );
        await expectInOrder(deps, m.poolIds);
        // Alone in its round, a sweep offers a start to nobody while somebody who has waited longer wants it and has not had that day.
        if (round.length === 1 && round[0]!.do === 'sweep') {
          const places = await deps.db.read((q) => q.select().from(waitingPlace));
          const known = await offers();
          for (const made of known.filter(({ id }) => !before.some((one) => one.id === id))) {
            const own = places.find(({ id }) => id === made.waitingId)!;
            const passed = places.filter(
              (place) =>
                place.state === 'waiting' &&
                place.orderId === null &&
                place.updatedAt < own.updatedAt &&
                place.beforeAt > made.startAt &&
                !known.some((one) => one.waitingId === place.id && one.startAt === made.startAt),
            );
            expect(passed).toEqual([]);
          }
        }
      }
    }),
    { numRuns: runs },
  );
});

/** Each live order and each open offer has all its cells, all others none; the rollup agrees. */
async function expectInOrder(deps: Awaited<ReturnType<typeof testDeps>>, poolIds: string[]): Promise<void> {
  const claims = await deps.db.read((q) => q.select().from(claim));
  const live = [
    ...(await deps.db.read((q) => q.select().from(orders))).filter(({ progress }) => progress === 'held' || progress === 'confirmed'),
    ...(await deps.db.read((q) => q.select().from(slotOffer))).filter(({ state }) => state === 'open'),
  ];
  expect(new Set(claims.map((row) => `${row.resourceId} ${row.cell}`)).size).toBe(claims.length);
  for (const { id } of live) expect(claims.filter((row) => row.orderId === id)).toHaveLength(10);
  expect(claims).toHaveLength(live.length * 10);
  for (const place of await deps.db.read((q) => q.select().from(waitingPlace)))
    if (place.state === 'offered')
      expect(await deps.db.read((q) => q.$count(slotOffer, eq(slotOffer.waitingId, place.id)))).toBeGreaterThan(0);
  await expectRollupKept(deps, poolIds);
}
