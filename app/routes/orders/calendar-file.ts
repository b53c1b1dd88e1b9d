import { actorOf } from '#app/core/actor.ts';
import { Problem } from '#app/core/problem.ts';
import { serve } from '#app/http/route.server.ts';
import { currentLocale, localePath } from '#app/i18n/locale.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { calendarFile } from '#app/modules/notices/calendar-file.server.ts';
import { viewOrder } from '#app/modules/orders/view-order.server.ts';

/** The booking for the buyer's own calendar. */
export const loader = serve(async ({ request, params, services }) => {
  const member = await requireMember(services, request, 'sme');
  const order = await viewOrder(services, actorOf(member), params.number ?? '');
  if (!['confirmed', 'received', 'in_service'].includes(order.progress)) throw new Problem('not_found');
  const atCentre = order.deliveryMode === 'at_centre' || order.deliveryMode === 'courier';
  const facts = {
    number: order.number,
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
  const url = services.settings.origin + localePath(`/orders/${order.number}`);
  return new Response(calendarFile(facts, { locale: currentLocale(), url, now: services.clock() }), {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': `attachment; filename="${order.number}.ics"`,
      'Cache-Control': 'private, no-store',
    },
  });
});
