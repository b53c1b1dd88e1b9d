/** A slot kept for the buyer, on the booking page. */
import { actorOf } from '#app/core/actor.ts';
import type { Services } from '#app/http/services.server.ts';
import type { Viewer } from '#app/modules/identity/guards.server.ts';
import { viewKeptSlot } from '#app/modules/orders/offers/view-waiting.server.ts';
import type { OpenBooking } from '#app/modules/orders/view-booking.server.ts';
import { dayOf, isoDay, wallClock } from '#app/modules/scheduling/local-day.ts';

/** The slot an address or a form says is kept for who looks; null for anybody else. */
export async function keptFor(services: Services, viewer: Viewer | null, offerId: string) {
  if (!viewer?.organisation || !viewer.role) return null;
  const actor = actorOf({ person: viewer.person, organisation: viewer.organisation, role: viewer.role });
  return viewKeptSlot(services, actor, offerId);
}

/** Its start among the free ones of its day: for everybody else it is taken. */
export async function addKept(services: Services, view: OpenBooking, viewer: Viewer | null, offerId: string): Promise<void> {
  const kept = await keptFor(services, viewer, offerId);
  if (kept?.slug !== view.service.slug || kept.quantity < view.quantity) return;
  const { zone, days } = view.week;
  const iso = isoDay(dayOf(zone, kept.startAt));
  const start = { at: kept.startAt, until: kept.endAt, minute: wallClock(zone, kept.startAt).minute };
  view.week = {
    zone,
    days: days.map((day) =>
      day.day === iso && !day.starts.some(({ at }) => at === start.at)
        ? { ...day, none: null, starts: [...day.starts, start].sort((a, b) => a.at - b.at) }
        : day,
    ),
  };
}
