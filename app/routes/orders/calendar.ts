import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { currentLocale, localePath } from '#app/i18n/locale.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { calendarFile } from '#app/modules/notices/calendar-file.server.ts';
import { viewOrder } from '#app/modules/orders/view-order.server.ts';

/** The appointment as a file for the buyer's own calendar (RFC 5545). */
export const loader = serve(async ({ request, params, services }) => {
  const member = await requireMember(services, request, ['sme', 'centre']);
  const order = await viewOrder(services, actorOf(member), params.number ?? '');
  const text = calendarFile(
    {
      number: order.number,
      serviceZh: order.service.nameZh,
      serviceEn: order.service.nameEn,
      centreZh: order.centre?.nameZh ?? '',
      centreEn: order.centre?.nameEn ?? '',
      addressZh: order.centre?.addressZh ?? '',
      addressEn: order.centre?.addressEn ?? '',
      startAt: order.startAt,
      endAt: order.endAt,
    },
    { locale: currentLocale(), url: services.settings.origin + localePath(`/orders/${order.number}`), now: services.clock() },
  );
  return new Response(text, {
    headers: { 'Content-Type': 'text/calendar; charset=utf-8', 'Content-Disposition': `attachment; filename="${order.number}.ics"` },
  });
});
