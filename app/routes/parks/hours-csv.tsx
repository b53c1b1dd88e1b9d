import Papa from 'papaparse';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { idle, utilization } from '#app/modules/parks/utilization.ts';
import { isoDay as dayText } from '#app/modules/scheduling/local-day.ts';
import { type HoursDay, listParkOrders, type ParkOrder, viewParkDays } from '#app/read-models/view-park-hours.server.ts';
import { isoDay, time } from '#app/ui/format.ts';
import { progressName } from '../centre/words.ts';
import { askedHours } from './asked-hours.server.ts';

const AT_ONCE = 500;

/** All the days or orders under a figure, for a spreadsheet. */
export const loader = serve(async ({ request, services }) => {
  const actor = actorOf(await requireMember(services, request, 'park'));
  const { view, question } = askedHours(new URL(request.url), services.clock());
  const lines: (string | number)[][] = [];
  if (view === 'days') {
    const { days } = await viewParkDays(services, actor, question);
    lines.push(dayHeadings(), ...days.map(dayLine));
  } else {
    lines.push(orderHeadings());
    for (let page = 1, more = true; more; page++) {
      const found = await listParkOrders(services, actor, question, { page, perPage: AT_ONCE });
      lines.push(...found.orders.map(orderLine));
      more = found.orders.length === AT_ONCE;
    }
  }
  // A mark of UTF-8 for spreadsheets; what begins like a formula is kept a text.
  return new Response(`\uFEFF${Papa.unparse(lines, { escapeFormulae: true })}\r\n`, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="hours-${view}.csv"`,
      'Cache-Control': 'private, no-store',
    },
  });
});

const hours = (minutes: number) => Math.round((minutes / 60) * 100) / 100;

const dayHeadings = () => [
  m.parks_hours_day(),
  m.parks_open_hours(),
  m.parks_booked_hours(),
  m.parks_used_hours(),
  m.parks_idle_hours(),
  m.parks_utilization(),
];

function dayLine(day: HoursDay) {
  const share = utilization(day);
  const shown = share === null ? '' : Math.round(share * 1000) / 1000;
  return [dayText(day.day), hours(day.open), hours(day.booked), hours(day.used), hours(idle(day)), shown];
}

const orderHeadings = () => [
  m.parks_hours_order(),
  m.parks_centre(),
  m.parks_hours_service(),
  m.parks_hours_start(),
  m.parks_hours_end(),
  m.parks_hours_state(),
  m.parks_booked_hours(),
  m.parks_used_hours(),
];

/** As a spreadsheet reads it: `2026-11-30 09:30`. */
const at = (ms: number, timeZone: string) => `${isoDay(ms, timeZone)} ${time(ms, { timeZone })}`;

const orderLine = (order: ParkOrder) => [
  order.number,
  pick(order.centre.nameZh, order.centre.nameEn),
  pick(order.serviceZh, order.serviceEn),
  at(order.startAt, order.timeZone),
  at(order.endAt, order.timeZone),
  progressName(order.progress, order),
  hours(order.booked),
  hours(order.used),
];
