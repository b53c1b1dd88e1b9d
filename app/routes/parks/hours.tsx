import type { MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { isoDay } from '#app/modules/scheduling/local-day.ts';
import { type HoursSubject, listParkOrders, viewParkDays } from '#app/read-models/view-park-hours.server.ts';
import { Pages } from '#app/ui/facets.tsx';
import { date } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty, Page } from '#app/ui/page.tsx';
import { askedHours } from './asked-hours.server.ts';
import { HoursHead, KIND_NAMES, Row } from './figures.tsx';
import { hoursAddress } from './hours-address.ts';
import { HoursOrders } from './hours-orders.tsx';

const DAYS_PER_PAGE = 31;
const ORDERS_PER_PAGE = 50;

/** Days are of the calendar, not instants: shown in UTC, as they were counted. */
const dayName = (day: number) => date(day * 86_400_000, { timeZone: 'UTC' });

/** What the figure is of, as a heading. */
const titleOf = ({ kind, pool }: HoursSubject) =>
  pool ? `${pick(pool.centreZh, pool.centreEn)} · ${pick(pool.nameZh, pool.nameEn)}` : KIND_NAMES[kind]();

export const loader = serve(async ({ request, services }) => {
  const actor = actorOf(await requireMember(services, request, 'park'));
  const { of, view, period, day, page, question } = askedHours(new URL(request.url), services.clock());
  const { firstDay, lastDay } = question;
  const range = day === undefined ? m.parks_period({ from: dayName(firstDay), until: dayName(lastDay) }) : dayName(day);
  const { span, back } = period;
  const place = { of, span, back, view, ...(day === undefined ? {} : { day: isoDay(day) }) };
  if (view === 'orders') {
    const { subject, orders, count } = await listParkOrders(services, actor, question, { page, perPage: ORDERS_PER_PAGE });
    return { title: titleOf(subject), range, place, page, days: null, orders, pages: Math.ceil(count / ORDERS_PER_PAGE) };
  }
  const { subject, days, total } = await viewParkDays(services, actor, question);
  const pages = Math.max(1, Math.ceil(days.length / DAYS_PER_PAGE));
  const at = Math.min(page, pages);
  // The latest first: what is asked about is mostly not long ago.
  const shown = days.toReversed().slice((at - 1) * DAYS_PER_PAGE, at * DAYS_PER_PAGE);
  return { title: titleOf(subject), range, place, page: at, days: { shown, total }, orders: null, pages };
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? m.parks_utilization()} · ${m.brand()}` }];

const VIEW = 'btn small aria-[current=page]:border-accent aria-[current=page]:text-accent';

export default function ParkHours() {
  const { title, range, place, page, days, orders, pages } = useView<typeof loader>();
  const { day: _, ...whole } = place;
  const back = `/park?span=${place.span}&back=${place.back}`;
  return (
    <Page
      title={title}
      lead={range}
      crumbs={[{ to: back, label: m.parks_utilization() }, { label: title }]}
      actions={
        <a className="btn small" href={localePath(hoursAddress(place, '/park/hours.csv'))} download>
          {m.parks_export()}
        </a>
      }
    >
      <nav className="flex flex-wrap gap-2" aria-label={m.parks_hours_views()}>
        <A to={hoursAddress({ ...whole, view: 'days' })} className={VIEW} aria-current={days ? 'page' : undefined}>
          {m.parks_hours_days()}
        </A>
        <A to={hoursAddress({ ...whole, view: 'orders' })} className={VIEW} aria-current={orders ? 'page' : undefined}>
          {m.parks_hours_orders()}
        </A>
      </nav>
      {days && days.shown.length === 0 && (
        <Empty title={m.parks_hours_none_title()}>
          <p>{m.parks_hours_none_text()}</p>
        </Empty>
      )}
      {days && days.shown.length > 0 && (
        <section className="card pad">
          <table className="data stack">
            <HoursHead first={m.parks_hours_day()} />
            <tbody>
              <Row name={m.parks_hours_total()} minutes={days.total} strong exact />
              {days.shown.map((day) => (
                <Row
                  key={day.day}
                  exact
                  minutes={day}
                  name={
                    <A to={hoursAddress({ ...whole, view: 'orders', day: isoDay(day.day) })} className="link">
                      {dayName(day.day)}
                    </A>
                  }
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
      {orders && <HoursOrders orders={orders} />}
      <Pages page={page} pages={pages} to={(wanted) => hoursAddress({ ...place, page: wanted })} />
    </Page>
  );
}
