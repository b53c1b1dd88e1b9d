import { eq } from 'drizzle-orm';
import { newId } from '#app/core/ids.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { quoteBooking } from '#app/modules/orders/quote-booking.server.ts';
import { addSession } from '#app/modules/orders/sessions/add-session.server.ts';
import { service, servicePool } from '#db/schema/catalogue.ts';
import { claim, pool, resource } from '#db/schema/scheduling.ts';
import type { testDeps } from '#tests/support/database.ts';
import { formFor, OFFICE_HOURS, seedMarket, shanghai } from '#tests/support/market.ts';

// The room is open 9 to 12 and 13 to 17.
export const MONDAY = { startAt: shanghai('2026-11-30T09:00'), endAt: shanghai('2026-11-30T16:00'), seats: 4 };
export const TWO_DAYS = { startAt: shanghai('2026-12-07T13:00'), endAt: shanghai('2026-12-08T12:00'), seats: 6 };
export const HOUR = 3_600_000;

type Deps = Awaited<ReturnType<typeof testDeps>>;

/** A course for which a room of six seats and one who teaches are needed. */
export async function course(deps: Pick<Deps, 'db'> & Deps, teachers = 1) {
  const m = await seedMarket(deps.db, {
    pools: [6, teachers],
    buyers: 6,
    service: { family: 'training', unit: 'seat', setupMinutes: 0, minutesPerItem: 60, maxQuantity: 20, turnaroundDays: 0, horizonDays: 5 },
  });
  await deps.db.write((tx) => tx.update(pool).set({ kind: 'seat' }).where(eq(pool.id, m.poolIds[0]!)));
  const add = (session: typeof MONDAY) => addSession(deps, m.manager, { serviceId: m.service.id, ...session });
  const quote = (quantity = 1) => quoteBooking(deps, { slug: m.service.slug, quantity });
  const book = (buyer: number, quantity: number, startAt = MONDAY.startAt) =>
    holdSlot(deps, m.buyers[buyer]!, formFor(m.service, startAt, { quantity }));
  const cellsOf = async (holderId: string) => deps.db.read((q) => q.select().from(claim).where(eq(claim.holderId, holderId)));
  return { m, add, quote, book, cellsOf };
}

export const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string; facts?: { field?: string; reason?: string } }) =>
      error.facts?.field ? `${error.facts.field} ${error.facts.reason}` : (error.code ?? String(error)),
  );

/** Another course of the centre, in a room of its own; `apart`: with a pool of its own of those who teach. */
export async function secondCourse(deps: Deps, m: Awaited<ReturnType<typeof course>>['m'], apart = false) {
  const [room, teachers, teacherId, serviceId] = [newId(), newId(), newId(), newId()];
  await deps.db.write(async (tx) => {
    const common = { centreId: m.centreId, field: 'length', nameZh: '池', nameEn: 'Pool', weeklyHours: OFFICE_HOURS };
    await tx.insert(pool).values({ ...common, id: room, kind: 'seat', gridMinutes: 30 });
    await tx.insert(pool).values({ ...common, id: teachers, kind: 'technician', gridMinutes: 60 });
    const seats = Array.from({ length: 6 }, () => ({ id: newId(), poolId: room, nameZh: '席', nameEn: 'Seat' }));
    await tx.insert(resource).values([...seats, { id: teacherId, poolId: teachers, nameZh: '师', nameEn: 'Teacher' }]);
    const { sessions: _, ...row } = m.service;
    await tx.insert(service).values({ ...row, id: serviceId, slug: serviceId });
    const pools = [room, apart ? teachers : m.poolIds[1]!];
    await tx.insert(servicePool).values(pools.map((poolId, position) => ({ serviceId, poolId, position })));
  });
  const add = (session: typeof MONDAY, by: Pick<Deps, 'db' | 'clock'> = deps) => addSession(by, m.manager, { serviceId, ...session });
  return { serviceId, teacherId, add };
}
