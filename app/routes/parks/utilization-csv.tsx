import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { currentLocale } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { printUtilization } from '#app/read-models/view-utilization.server.ts';
import { periodOf } from './period.server.ts';

/** The heat map as a file: the same period, the same numbers. */
export const loader = serve(async ({ request, services }) => {
  const member = await requireMember(services, request, 'park');
  const period = periodOf(new URL(request.url), services.clock());
  const words = {
    centre: m.parks_centre(),
    pool: m.parks_pool(),
    kind: m.parks_hour_kind(),
    kinds: { equipment: m.parks_kind_equipment(), people: m.parks_kind_people(), seats: m.parks_kind_seats() },
    week: m.parks_week_from(),
    open: m.parks_open_hours(),
    booked: m.parks_booked_hours(),
    used: m.parks_used_hours(),
    idle: m.parks_idle_hours(),
    utilization: m.parks_utilization(),
  };
  const { firstWeek, lastWeek } = period;
  const { slug, text } = await printUtilization(services, actorOf(member), { firstWeek, lastWeek }, words, currentLocale());
  return new Response(text, {
    headers: { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': `attachment; filename="utilization-${slug}.csv"` },
  });
});
