/** The bookings of a centre as a calendar that phones and desks subscribe to. */
import { and, asc, eq, gte, inArray, lt } from 'drizzle-orm';
import ical, { ICalCalendarMethod } from 'ical-generator';
import type { Deps } from '#app/core/deps.ts';
import { instant } from '#app/core/instants.ts';
import { oneLine } from '#app/core/letter.ts';
import { Problem } from '#app/core/problem.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { hashOfSecret } from '#app/modules/identity/secrets.server.ts';
import { calendarSequence } from '#app/modules/orders/calendar-sequence.ts';
import { resourcesHeld } from '#app/modules/scheduling/held-resources.server.ts';
import type { Queries } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';
import { membership, organisation, person } from '#db/schema/identity.ts';
import { calendarFeed } from '#db/schema/notices.ts';
import { orderEvent, orders, type Progress } from '#db/schema/orders.ts';

const DAY_MS = 86_400_000;
const SHOWN = { before: 14 * DAY_MS, ahead: 90 * DAY_MS };
const MOST_EVENTS = 2_000;
/** What takes up the centre's time. */
const BOOKED: Progress[] = ['confirmed', 'received', 'in_service', 'reported'];

/**
 * The calendar (RFC 5545) behind a link: two weeks back, ninety days ahead, in the language of who made it.
 * @throws Problem not_found for a link that never was, was replaced, or whose owner has left the centre
 */
export async function readFeed({ db, clock, settings }: Pick<Deps, 'db' | 'clock' | 'settings'>, secret: string): Promise<string> {
  if (!/^[\w-]{27}$/.test(secret)) throw new Problem('not_found');
  const now = clock();
  return db.read(async (q) => {
    const [feed] = await q
      .select({ organisationId: calendarFeed.organisationId, locale: person.locale })
      .from(calendarFeed)
      .innerJoin(person, eq(person.id, calendarFeed.personId))
      .innerJoin(
        membership,
        and(eq(membership.personId, calendarFeed.personId), eq(membership.organisationId, calendarFeed.organisationId)),
      )
      .where(eq(calendarFeed.secretHash, hashOfSecret(secret)));
    if (!feed) throw new Problem('not_found');
    const calendar = ical({
      prodId: { company: 'Hengji', product: 'Hengji', language: feed.locale === 'en' ? 'EN' : 'ZH' },
      method: ICalCalendarMethod.PUBLISH,
    });
    const host = new URL(settings.origin).hostname;
    const rows = await bookings(q, feed.organisationId, now);
    const ids = rows.map((row) => row.id);
    const [places, sequences] = [Map.groupBy(await resourcesHeld(q, ids), (one) => one.holderId), await sequencesOf(q, ids)];
    for (const row of rows) {
      const service = pick(row.snapshot.nameZh, row.snapshot.nameEn, feed.locale);
      const { travelMinutes = 0 } = row.snapshot;
      const there = instant(row.startAt + travelMinutes * 60_000, row.timeZone, feed.locale);
      const arrival = travelMinutes > 0 ? `${m.notices_calendar_arrival({ there }, { locale: feed.locale })}\n` : '';
      const held = (places.get(row.id) ?? []).map((one) => oneLine(pick(one.nameZh, one.nameEn, feed.locale)));
      const url = settings.origin + localePath(`/centre/orders/${row.number}`, feed.locale);
      calendar.createEvent({
        id: `${row.number}@${host}`,
        sequence: sequences.get(row.id) ?? 0,
        stamp: new Date(row.updatedAt),
        start: new Date(row.startAt),
        end: new Date(row.endAt),
        summary: oneLine(`${service} × ${row.quantity} · ${pick(row.buyerZh, row.buyerEn, feed.locale)}`),
        location: held.join(', '),
        description: `${arrival}${row.number}\n${url}`,
        url,
      });
    }
    return calendar.toString();
  });
}

const bookings = (q: Queries, organisationId: string, now: number) =>
  q
    .select({
      id: orders.id,
      number: orders.number,
      snapshot: orders.snapshot,
      quantity: orders.quantity,
      startAt: orders.startAt,
      endAt: orders.endAt,
      timeZone: orders.timeZone,
      updatedAt: orders.updatedAt,
      buyerZh: organisation.nameZh,
      buyerEn: organisation.nameEn,
    })
    .from(orders)
    .innerJoin(centre, eq(centre.id, orders.centreId))
    .innerJoin(organisation, eq(organisation.id, orders.buyerId))
    .where(
      and(
        eq(centre.organisationId, organisationId),
        inArray(orders.progress, BOOKED),
        gte(orders.startAt, now - SHOWN.before),
        lt(orders.startAt, now + SHOWN.ahead),
      ),
    )
    .orderBy(asc(orders.startAt), asc(orders.id))
    .limit(MOST_EVENTS);

const IDS_AT_ONCE = 200;

async function sequencesOf(q: Queries, orderIds: readonly string[]): Promise<Map<string, number>> {
  const events = new Map<string, Parameters<typeof calendarSequence>[0][number][]>();
  for (let from = 0; from < orderIds.length; from += IDS_AT_ONCE) {
    const rows = await q
      .select({ orderId: orderEvent.orderId, kind: orderEvent.kind, data: orderEvent.data })
      .from(orderEvent)
      .where(inArray(orderEvent.orderId, orderIds.slice(from, from + IDS_AT_ONCE)));
    for (const { orderId, ...event } of rows) events.set(orderId, [...(events.get(orderId) ?? []), event]);
  }
  return new Map([...events].map(([orderId, told]) => [orderId, calendarSequence(told) ?? 0]));
}
