import { asc } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { advanceOrder } from '#app/modules/jobs/advance-order.server.ts';
import { moveBooking } from '#app/modules/orders/move-booking.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { openDatabase } from '#db/open.server.ts';
import { slotOffer } from '#db/schema/orders.ts';
import { claim } from '#db/schema/scheduling.ts';
import { freshDatabaseUrl, testDeps } from '#tests/support/database.ts';
import { formFor, seedMarket, shanghai } from '#tests/support/market.ts';
import { runAgain } from '#tests/support/migration.ts';

it('a claim says whose it is and whether it was used, also after the migration of one that did not say', async () => {
  const url = await freshDatabaseUrl();
  const db = openDatabase(url);
  onTestFinished(() => db.close());
  const deps = { ...(await testDeps()), db };
  const m = await seedMarket(db, { pools: [2], service: { moves: 'ask' } });
  const book = async (startAt: number) => {
    const placed = await holdSlot(deps, m.buyers[0]!, formFor(m.service, startAt));
    await db.write((tx) => recordPaid(tx, deps, { orderId: placed.id, now: deps.time.now }));
    return placed;
  };
  const begun = await book(shanghai('2026-11-24T09:00'));
  await advanceOrder(deps, m.manager, { number: begun.number, event: 'begin', version: 2 });
  const asked = await book(shanghai('2026-11-24T13:00'));
  await moveBooking(deps, m.manager, { number: asked.number, startAt: shanghai('2026-11-25T09:00'), version: 2 });
  const [offer] = await db.read((q) => q.select().from(slotOffer));
  const claims = () => db.read((q) => q.select().from(claim).orderBy(asc(claim.resourceId), asc(claim.cell)));
  const told = await claims();
  expect(new Set(told.map((row) => `${row.holderKind} ${row.holderId} ${row.used}`))).toEqual(
    new Set([`order ${begun.id} true`, `order ${asked.id} false`, `offer ${offer!.id} false`]),
  );

  await db.write((tx) => tx.update(claim).set({ holderKind: 'order', used: false }));
  expect(await runAgain(url, /UPDATE .claim. SET .(holder_kind|used). =/)).toBe(2);
  expect(await claims()).toEqual(told);
});
