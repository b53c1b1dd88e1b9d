import { and, asc, eq, lt, ne } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { zoneOf } from '#app/modules/centres/centre-facts.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { busyCalendar, resource } from '#db/schema/scheduling.ts';
import { faultText, putTimes, readAddress } from './busy-calendars.server.ts';

const EVERY_MS = 3_600_000;
/** Each may wait ten seconds for an answer. */
const AT_ONCE = 8;
const MOST_A_TURN = 400;

type Reader = Pick<Deps, 'db' | 'clock' | 'settings'>;
type Turn = Reader & Pick<Deps, 'log'>;

const due = (q: Parameters<Parameters<Deps['db']['read']>[0]>[0]) =>
  q
    .select({
      id: busyCalendar.id,
      url: busyCalendar.url,
      centreId: busyCalendar.centreId,
      resourceId: busyCalendar.resourceId,
      poolId: resource.poolId,
      zone: zoneOf(busyCalendar.centreId),
    })
    .from(busyCalendar)
    .innerJoin(resource, eq(resource.id, busyCalendar.resourceId));
type Due = Awaited<ReturnType<typeof due>>[number];

/** Background work: reads the calendars whose last reading is an hour old. @returns how many changed what is sold */
export async function readBusyCalendars(deps: Turn, signal?: AbortSignal): Promise<number> {
  const { db, clock, log } = deps;
  const waiting = await db.read((q) =>
    due(q)
      .where(and(ne(busyCalendar.url, ''), lt(busyCalendar.readAt, clock() - EVERY_MS)))
      .orderBy(asc(busyCalendar.readAt))
      .limit(MOST_A_TURN),
  );
  let changed = 0;
  const queue = waiting.values();
  const work = async () => {
    for (const row of queue) {
      if (signal?.aborted) return;
      try {
        if (await readOne(deps, row)) changed++;
      } catch (error) {
        log.warn({ calendar: row.id, error: String(error) }, 'a calendar could not be read, will be tried again');
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return changed;
}

/** Reads one now, for whoever plans the centre's time. @throws Problem not_found, forbidden */
export async function readBusyCalendar(deps: Reader, actor: Actor, id: string): Promise<void> {
  requireRight(actor, 'time.plan');
  const [row] = await deps.db.read(async (q) => {
    const own = await centreOf(q, actor);
    return due(q).where(and(eq(busyCalendar.id, id), eq(busyCalendar.centreId, own.id), ne(busyCalendar.url, '')));
  });
  if (!row) throw new Problem('not_found');
  await readOne(deps, row);
}

/** One that cannot be read keeps the times it had, and what was assumed for them. Of two readings at once the one that was begun last counts. */
async function readOne({ db, clock, settings }: Reader, { url, zone, ...place }: Due): Promise<boolean> {
  // Written before it is read: a calendar that ends this process must not be the first one the next process reads.
  const begun = clock();
  await db.write(async (tx) => {
    await tx.update(busyCalendar).set({ readAt: begun }).where(eq(busyCalendar.id, place.id));
  });
  const reading = await readAddress(settings, url, zone, clock());
  return db.write(async (tx) => {
    const there = await tx
      .update(busyCalendar)
      .set({ fault: faultText(reading), ...(!('fault' in reading) && { assumed: reading.assumed }) })
      .where(and(eq(busyCalendar.id, place.id), eq(busyCalendar.readAt, begun)))
      .returning({ id: busyCalendar.id });
    // It was removed, or read by somebody else, in the meantime.
    if (there.length === 0 || 'fault' in reading) return false;
    return putTimes(tx, place, reading, clock());
  });
}
