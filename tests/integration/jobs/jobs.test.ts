import { asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Tell } from '#app/core/hooks.ts';
import { isProblem } from '#app/core/problem.ts';
import { tellModules } from '#app/http/modules.ts';
import { ADVANCES, type Advance, advanceOrder } from '#app/modules/jobs/advance-order.server.ts';
import { progressOf } from '#app/modules/jobs/job-machine.ts';
import { viewDayList } from '#app/modules/jobs/view-day-list.server.ts';
import { cancelOrder, previewCancellation } from '#app/modules/orders/cancel-order.server.ts';
import { expireHolds } from '#app/modules/orders/expire-holds.server.ts';
import { moveBooking } from '#app/modules/orders/move-booking.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';
import { viewPoolWeek } from '#app/read-models/view-pool-week.server.ts';
import { calendarView } from '#app/routes/centre/calendar/calendar.server.ts';
import { openDatabase } from '#db/open.server.ts';
import { auditLog, outbox } from '#db/schema/core.ts';
import { job } from '#db/schema/jobs.ts';
import { orders } from '#db/schema/orders.ts';
import { expectRollupKept } from '#tests/integration/scheduling/rollup-check.ts';
import { freshDatabaseUrl, testDeps } from '#tests/support/database.ts';
import { formFor, seedMarket, shanghai } from '#tests/support/market.ts';
import { runAgain } from '#tests/support/migration.ts';

const TUESDAY = shanghai('2026-11-24T09:00');
const named = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `量块 ${i}`, serial: `S${i}` }));

async function world() {
  const url = await freshDatabaseUrl();
  const db = openDatabase(url);
  onTestFinished(() => db.close());
  const deps = { ...(await testDeps()), db };
  const m = await seedMarket(db, { pools: [3] });
  const buyer = m.buyers[0]!;
  const hold = (pieces: number, startAt = TUESDAY) =>
    holdSlot(deps, buyer, formFor(m.service, startAt, { quantity: Math.max(1, pieces), items: named(pieces) }));
  const pay = (orderId: string, tell: Tell = tellModules) => db.write((tx) => recordPaid(tx, { tell }, { orderId, now: deps.time.now }));
  const book = async (pieces: number, startAt = TUESDAY) => {
    const placed = await hold(pieces, startAt);
    await pay(placed.id);
    return placed;
  };
  const orderOf = async (id: string) => (await db.read((q) => q.select().from(orders).where(eq(orders.id, id))))[0]!;
  const states = async (id: string) =>
    (await db.read((q) => q.select().from(job).where(eq(job.orderId, id)).orderBy(asc(job.position)))).map(({ state }) => state);
  const advance = async (id: string, event: Advance, positions?: number[]) => {
    const { number, version } = await orderOf(id);
    return advanceOrder(deps, m.technician, { number, event, version, ...(positions && { positions }) });
  };
  return { url, db, deps, m, buyer, hold, pay, book, orderOf, states, advance };
}

const refusal = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error) => (isProblem(error) ? error.code : String(error)),
  );

describe('jobs', () => {
  it('open with the payment, one a piece, and one where no piece is described', async () => {
    const { hold, pay, book, states } = await world();
    const held = await hold(3);
    expect(await states(held.id)).toEqual([]);
    await pay(held.id);
    expect(await states(held.id)).toEqual(['awaited', 'awaited', 'awaited']);
    await pay(held.id);
    expect(await states(held.id)).toHaveLength(3);
    expect(await states((await book(0, TUESDAY + 86_400_000)).id)).toEqual(['awaited']);
  });

  it('move together by one tap, and the order with them', async () => {
    const { book, states, advance, orderOf } = await world();
    const { id } = await book(4);
    for (const [event, state] of [
      ['receive', 'received'],
      ['begin', 'in_service'],
      ['report', 'reported'],
      ['close', 'closed'],
    ] as const) {
      expect(await advance(id, event)).toEqual({ progress: state });
      expect(await states(id)).toEqual([state, state, state, state]);
      expect((await orderOf(id)).progress).toBe(state);
    }
    expect(await refusal(advance(id, 'close'))).toBe('transition_refused');
  });

  it('move apart too: the order shows the last of them, and is told once', async () => {
    const { db, m, deps, book, states, advance, orderOf, buyer } = await world();
    const { id, number } = await book(3);
    expect(await advance(id, 'receive', [2, 0])).toEqual({ progress: 'confirmed' });
    expect(await states(id)).toEqual(['received', 'awaited', 'received']);
    expect((await viewOrder(deps, m.manager, number)).events.at(-1)).toMatchObject({
      kind: 'pieces_moved',
      data: { to: 'received', count: 2 },
    });
    const letters = async () =>
      (await db.read((q) => q.select().from(outbox))).filter((row) => JSON.stringify(row.payload).includes('order_progress'));
    expect(await letters()).toHaveLength(0);
    expect(await advance(id, 'receive')).toEqual({ progress: 'received' });
    expect(await letters()).toHaveLength(1);

    const draggable = async () =>
      calendarView(await viewPoolWeek(deps, m.manager, { firstDay: '2026-11-23' }), deps.time.now)
        .pools.flatMap((pool) => pool.resources.flatMap(({ days }) => days.flatMap(({ blocks }) => blocks)))
        .map((block) => block.number === number && block.moves !== undefined);
    expect(await draggable()).toEqual([true]);
    await advance(id, 'begin', [1]);
    const begun = await orderOf(id);
    expect(await draggable()).toEqual([false]);
    expect(begun).toMatchObject({ progress: 'received', workBegunAt: deps.time.now });
    // One piece is on the bench: the slot is used, the booking stays, and the buyer cannot cancel what is under way.
    await expectRollupKept(deps, m.poolIds);
    expect(await refusal(moveBooking(deps, m.manager, { number, startAt: TUESDAY + 86_400_000, version: begun.version }))).toBe(
      'transition_refused',
    );
    expect(await refusal(cancelOrder(deps, buyer, { number, shownRefund: 0 }))).toBe('transition_refused');
    expect((await viewOrder(deps, buyer, number)).actions).toContainEqual({ action: 'cancel', possible: false, why: 'past' });

    expect(await refusal(advance(id, 'report', [0, 1]))).toBe('transition_refused');
    expect(await refusal(advance(id, 'report', [7]))).toBe('not_found');
    expect(await states(id)).toEqual(['received', 'in_service', 'received']);
    // A piece that came broken goes no further; the others do, and the order is finished with them.
    await db.write((tx) => tx.update(job).set({ state: 'refused' }).where(eq(job.position, 0)));
    await advance(id, 'begin');
    await advance(id, 'report');
    expect(await advance(id, 'close')).toEqual({ progress: 'closed' });
    expect(await states(id)).toEqual(['refused', 'closed', 'closed']);
  });

  it('end with an order the centre cancels, but for what is reported', async () => {
    const { m, deps, book, states, advance, orderOf } = await world();
    const { id, number } = await book(3);
    await advance(id, 'begin', [0, 1]);
    await advance(id, 'report', [0]);
    const { refund } = await previewCancellation(deps, m.manager, number);
    await cancelOrder(deps, m.manager, { number, reason: '标准器故障', shownRefund: refund });
    expect(await states(id)).toEqual(['reported', 'cancelled', 'cancelled']);
    expect(await refusal(advance(id, 'close'))).toBe('transition_refused');
    expect((await orderOf(id)).progress).toBe('cancelled');
    await expectRollupKept(deps, m.poolIds);
  });

  it('are none of an order that was never paid', async () => {
    const { deps, hold, states, advance } = await world();
    const { id } = await hold(2);
    expect(await refusal(advance(id, 'receive'))).toBe('transition_refused');
    deps.time.now += 86_400_000;
    expect(await expireHolds(deps, async () => false)).toBe(1);
    expect(await states(id)).toEqual([]);
  });

  it('say at every moment what the order shows, whatever is tapped', async () => {
    const { book, states, advance, orderOf } = await world();
    let day = TUESDAY;
    const tap = fc.tuple(fc.constantFrom(...ADVANCES), fc.option(fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 3 })));
    await fc.assert(
      fc.asyncProperty(fc.array(tap, { maxLength: 8 }), async (taps) => {
        const { id } = await book(3, day);
        day += 86_400_000 * (new Date(day + 8 * 3_600_000).getUTCDay() === 5 ? 3 : 1);
        for (const [event, positions] of taps) {
          const before = await states(id);
          const answer = await refusal(advance(id, event, positions ?? undefined));
          if (answer !== 'done') expect(await states(id)).toEqual(before);
          expect(['done', 'transition_refused', 'not_found']).toContain(answer);
          const { progress, workBegunAt } = await orderOf(id);
          expect(progress).toBe(progressOf(await states(id)));
          expect(workBegunAt !== null).toBe((await states(id)).some((state) => ['in_service', 'reported', 'closed'].includes(state)));
        }
      }),
      { numRuns: 12 },
    );
  });

  it('stay as they were when the list of a day is looked at', async () => {
    const { deps, m, book, advance } = await world();
    const { id, number } = await book(2);
    await advance(id, 'receive', [1]);
    const { jobs } = await viewDayList(deps, m.technician, { day: '2026-11-24' });
    expect(jobs).toMatchObject([{ number, progress: 'confirmed', itemCount: 2 }]);
  });
});

describe('what other modules do in the transaction', () => {
  it('undoes all of it when it fails', async () => {
    const { db, hold, pay, orderOf, states } = await world();
    const { id } = await hold(2);
    const before = await orderOf(id);
    const written = () => db.read(async (q) => [await q.$count(auditLog), await q.$count(outbox)]);
    const count = await written();
    const failing: Tell = async (...told) => {
      await tellModules(...told);
      throw new Error('a listener failed');
    };
    expect(await refusal(pay(id, failing))).toContain('a listener failed');
    expect(await orderOf(id)).toEqual(before);
    expect(await states(id)).toEqual([]);
    expect(await written()).toEqual(count);
    expect(await pay(id)).toBe('booked');
  });
});

it('the migration gives each piece the progress of its order', async () => {
  const { url, db, m, deps, book, hold, advance } = await world();
  const at = (i: number) => TUESDAY + 86_400_000 * (i % 3);
  const STEPS: Advance[][] = [[], ['receive'], ['begin'], ['receive', 'begin', 'report'], ['begin', 'report', 'close']];
  for (const [i, steps] of STEPS.entries()) {
    const { id } = await book(i, at(i));
    for (const step of steps) await advance(id, step);
  }
  await hold(2, at(1) + 4 * 3_600_000);
  const { number } = await book(2, at(2) + 4 * 3_600_000);
  await cancelOrder(deps, m.manager, { number, reason: '故障', shownRefund: (await previewCancellation(deps, m.manager, number)).refund });
  const jobs = async () =>
    db.read((q) =>
      q.select({ orderId: job.orderId, position: job.position, state: job.state }).from(job).orderBy(asc(job.orderId), asc(job.position)),
    );
  const begun = () => db.read((q) => q.select({ id: orders.id, at: orders.workBegunAt }).from(orders).orderBy(asc(orders.id)));
  const told = [await jobs(), await begun()];
  expect(told[0]).toHaveLength(1 + 1 + 2 + 3 + 4 + 2);

  await db.write(async (tx) => {
    await tx.delete(job);
    await tx.update(orders).set({ workBegunAt: null });
  });
  expect(await runAgain(url, /^\s*(UPDATE .orders. SET .work_begun_at.|INSERT INTO .job.)/)).toBe(2);
  expect([await jobs(), await begun()]).toEqual(told);
});
