import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { isMember } from '#app/modules/identity/names.server.ts';
import { bookedWork } from '#app/modules/orders/booked-work.server.ts';
import { hoursHeld, resourcesHeld, resourcesLinked } from '#app/modules/scheduling/held-resources.server.ts';
import { dayEnd, dayOf, dayStart, isoDay } from '#app/modules/scheduling/local-day.ts';
import { shownDay } from '#app/modules/scheduling/shown-day.ts';
import type { Interval } from '#app/modules/scheduling/working-calendar.ts';
import type { Queries } from '#db/queries.ts';

/**
 * What a member of a centre has before them on one day: the bookings on the resources linked with them, in order of time. Who is linked
 * with none sees those of the whole centre.
 * @param day ISO date of the centre's zone; anything else: today
 * @returns `linked` the actor's resources, and `jobs` with the hours (UTC ms) and the resources each has on this day
 * @throws Problem not_found for others than centres
 */
export async function viewDayList({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, { day: asked }: { day?: string } = {}) {
  return db.read(async (q) => {
    const own = await centreOf(q, actor);
    const zone = own.timeZone;
    const today = dayOf(zone, clock());
    const day = shownDay(asked) ?? today;
    const span = { from: dayStart(zone, day), until: dayEnd(zone, day) };
    const linked = await linkedWith(q, own.id, actor);
    const mine = linked.map(({ id }) => id);
    const hours = await hoursHeld(q, own.id, mine, span);
    return {
      zone,
      span,
      day: isoDay(day),
      today: isoDay(today),
      previous: isoDay(day - 1),
      next: isoDay(day + 1),
      linked,
      jobs: await jobsOf(q, own.id, hours, new Set(mine)),
    };
  });
}

/** A link holds as long as the person is a member. */
const linkedWith = async (q: Queries, centreId: string, { organisationId, personId }: Actor) =>
  (await isMember(q, personId, organisationId)) ? resourcesLinked(q, centreId, personId) : [];

async function jobsOf(q: Queries, centreId: string, hours: ReadonlyMap<string, Interval>, mine: ReadonlySet<string>) {
  const work = await bookedWork(q, centreId, [...hours.keys()]);
  const places = await resourcesHeld(
    q,
    work.map(({ id }) => id),
  );
  return work
    .map((row) => ({
      ...row,
      ...(hours.get(row.id) as Interval),
      /** What the order has besides the member's own: the bench, the standard. */
      places: places.filter((one) => one.holderId === row.id && !mine.has(one.id)).map(({ nameZh, nameEn }) => ({ nameZh, nameEn })),
    }))
    .sort((a, b) => a.from - b.from || a.number.localeCompare(b.number));
}
