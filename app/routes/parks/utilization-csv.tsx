import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { utilizationCsv } from '#app/modules/parks/utilization-csv.ts';
import { viewUtilization } from '#app/read-models/view-utilization.server.ts';
import { periodOf } from './period.server.ts';

/** The heat map as a file: the same period, the same numbers. */
export const loader = serve(async ({ request, services }) => {
  const member = await requireMember(services, request, 'park');
  const period = periodOf(new URL(request.url), services.clock());
  const { park, now } = await viewUtilization(services, actorOf(member), period);
  const words = {
    centre: m.parks_centre(),
    pool: m.parks_pool(),
    week: m.parks_week_from(),
    open: m.parks_open_hours(),
    booked: m.parks_booked_hours(),
    used: m.parks_used_hours(),
    idle: m.parks_idle_hours(),
    utilization: m.parks_utilization(),
  };
  return new Response(utilizationCsv(now, words, pick), {
    headers: { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': `attachment; filename="utilization-${park.slug}.csv"` },
  });
});
