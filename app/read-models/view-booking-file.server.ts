import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { type Locale, localePath } from '#app/i18n/locale.ts';
import { calendarFile } from '#app/modules/notices/calendar-file.server.ts';
import { calendarSequence } from '#app/modules/orders/calendar-sequence.ts';
import { takesPlaceAtCentre } from '#app/modules/orders/order-mail.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';

/**
 * The buyer's booking as the calendar file its last mail carried, or one that takes it out of a calendar when it was cancelled.
 * @throws Problem not_found for what was never booked, and for everybody who is not party to it
 */
export async function bookingFile(deps: Pick<Deps, 'db' | 'clock' | 'settings'>, actor: Actor, number: string, locale: Locale) {
  const order = await viewOrder(deps, actor, number);
  const sequence = calendarSequence(order.events);
  if (sequence === null) throw new Problem('not_found');
  const atCentre = takesPlaceAtCentre(order.deliveryMode);
  const method = order.progress === 'cancelled' ? 'CANCEL' : 'PUBLISH';
  const facts = {
    number: order.number,
    sequence,
    serviceZh: order.service.nameZh,
    serviceEn: order.service.nameEn,
    centreZh: order.centre?.nameZh ?? '',
    centreEn: order.centre?.nameEn ?? '',
    addressZh: atCentre ? (order.centre?.addressZh ?? '') : '',
    addressEn: atCentre ? (order.centre?.addressEn ?? '') : '',
    startAt: order.startAt,
    endAt: order.endAt,
    timeZone: order.timeZone,
    ...(order.service.travelMinutes && { arrivesAt: order.startAt + order.service.travelMinutes * 60_000 }),
  };
  const { origin, mailFrom: from } = deps.settings;
  const url = origin + localePath(`/orders/${order.number}`, locale);
  return { number: order.number, method, content: calendarFile(facts, { method, locale, url, from, now: deps.clock() }) };
}
