import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { currentLocale } from '#app/i18n/locale.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { bookingFile } from '#app/read-models/view-booking-file.server.ts';

/** The booking for the buyer's own calendar; once it is cancelled, what takes it out again. */
export const loader = serve(async ({ request, params, services }) => {
  const member = await requireMember(services, request, 'sme');
  const { number, method, content } = await bookingFile(services, actorOf(member), params.number ?? '', currentLocale());
  return new Response(content, {
    headers: {
      'Content-Type': `text/calendar; charset=utf-8; method=${method}`,
      'Content-Disposition': `attachment; filename="${number}.ics"`,
      'Cache-Control': 'private, no-store',
    },
  });
});
