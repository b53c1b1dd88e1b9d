import type { MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { idle, mondayOfWeek, utilization } from '#app/modules/parks/utilization.ts';
import { viewUtilization } from '#app/read-models/view-utilization.server.ts';
import { date, GAP, integer, percent } from '#app/ui/format.ts';
import { HeatMap } from '#app/ui/heat-map.tsx';
import { A } from '#app/ui/link.tsx';
import { Empty, Page } from '#app/ui/page.tsx';
import { periodOf, SPANS } from './period.server.ts';

export const loader = serve(async ({ request, services }) => {
  const member = await requireMember(services, request, 'park');
  const period = periodOf(new URL(request.url), services.clock());
  const view = await viewUtilization(services, actorOf(member), period);
  return { ...view, period, spans: SPANS };
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${m.parks_title({ park: pick(data.park.nameZh, data.park.nameEn) })} · ${m.brand()}` : m.brand() },
];

const hours = (minutes: number) => `${integer(Math.round(minutes / 60))}${GAP}h`;
/** Mondays are days of the calendar, not instants: shown in UTC, as they were counted. */
const dayName = (day: number) => date(day * 86_400_000, { timeZone: 'UTC' });

export default function ParkUtilization() {
  const { park, now, before, period, spans } = useView<typeof loader>();
  const share = utilization(now.total);
  const earlier = utilization(before.total);
  const change = share !== null && earlier !== null ? (share - earlier) * 100 : null;
  const address = (over: { span?: number; back?: number }) => {
    const { span, back } = { ...period, ...over };
    return `?span=${span}&back=${back}`;
  };
  const range = m.parks_period({ from: dayName(mondayOfWeek(period.firstWeek)), until: dayName(mondayOfWeek(period.lastWeek) + 6) });
  return (
    <Page
      title={m.parks_title({ park: pick(park.nameZh, park.nameEn) })}
      lead={range}
      actions={
        <span className="flex flex-wrap gap-2">
          <A className="btn small" to="/park/firms">
            {m.parks_firms_title()}
          </A>
          <a className="btn small" href={`park/utilization.csv${address({})}`} download>
            {m.parks_export()}
          </a>
        </span>
      }
    >
      <nav className="flex flex-wrap items-center gap-2" aria-label={m.parks_period_choice()}>
        {spans.map((span) => (
          <A
            key={span}
            to={address({ span, back: 0 })}
            className="btn small"
            aria-current={span === period.span ? 'true' : undefined}
            style={span === period.span ? { borderColor: 'var(--accent)', color: 'var(--accent)' } : undefined}
          >
            {m.parks_weeks({ count: span })}
          </A>
        ))}
        <span className="ml-auto flex gap-2">
          <A to={address({ back: period.back + 1 })} className="btn small">
            ‹ {m.parks_earlier()}
          </A>
          {period.back > -1 && (
            <A to={address({ back: period.back - 1 })} className="btn small">
              {m.parks_later()} ›
            </A>
          )}
        </span>
      </nav>

      <section className="kpis" aria-label={m.parks_totals()}>
        <Kpi
          name={m.parks_utilization()}
          value={share === null ? '–' : percent(share)}
          note={
            change === null
              ? m.parks_no_comparison()
              : m.parks_points({ change: `${change < 0 ? '−' : '+'}${Math.abs(change).toFixed(1)}` })
          }
          tone={change !== null && change > 0 ? 'text-ok' : 'muted'}
        />
        <Kpi
          name={m.parks_open_hours()}
          value={hours(now.total.open)}
          note={m.parks_centres_pools({ centres: now.centres.length, pools: now.centres.reduce((n, c) => n + c.pools.length, 0) })}
        />
        <Kpi name={m.parks_booked_hours()} value={hours(now.total.booked)} note={m.parks_of_which_used({ hours: hours(now.total.used) })} />
        <Kpi name={m.parks_idle_hours()} value={hours(idle(now.total))} note={m.parks_idle_note()} />
      </section>

      {now.centres.length === 0 ? (
        <Empty title={m.parks_no_centres_title()}>
          <p>{m.parks_no_centres_text()}</p>
        </Empty>
      ) : (
        <>
          <section className="card pad grid gap-3">
            <div>
              <h2>{m.parks_heat_title()}</h2>
              <p className="tiny">{m.parks_heat_note()}</p>
            </div>
            <HeatMap
              label={m.parks_heat_title()}
              columns={now.weeks.map((week) => dayName(mondayOfWeek(week)))}
              rows={now.centres.flatMap((centre) =>
                centre.pools.map((pool) => ({
                  key: pool.id,
                  group: pick(centre.nameZh, centre.nameEn),
                  name: pick(pool.nameZh, pool.nameEn),
                  cells: pool.weeks.map((cell) => {
                    const value = cell && utilization(cell);
                    return {
                      value,
                      text:
                        value === null
                          ? m.parks_closed()
                          : m.parks_cell({ share: percent(value), booked: hours(cell?.booked ?? 0), open: hours(cell?.open ?? 0) }),
                    };
                  }),
                })),
              )}
            />
          </section>

          <section className="card pad">
            <h2 className="mb-2">{m.parks_table_title()}</h2>
            <table className="data stack">
              <thead>
                <tr>
                  <th scope="col">{m.parks_centre()}</th>
                  <th scope="col" className="r">
                    {m.parks_open_hours()}
                  </th>
                  <th scope="col" className="r">
                    {m.parks_booked_hours()}
                  </th>
                  <th scope="col" className="r">
                    {m.parks_used_hours()}
                  </th>
                  <th scope="col" className="r">
                    {m.parks_idle_hours()}
                  </th>
                  <th scope="col" className="r">
                    {m.parks_utilization()}
                  </th>
                </tr>
              </thead>
              <tbody>
                {now.centres.flatMap((centre) => [
                  <Row
                    key={centre.id}
                    name={
                      <A to={`/centres/${centre.slug}`} className="link">
                        {pick(centre.nameZh, centre.nameEn)}
                      </A>
                    }
                    minutes={centre.total}
                    strong
                  />,
                  ...centre.pools.map((pool) => <Row key={pool.id} name={pick(pool.nameZh, pool.nameEn)} minutes={pool.total} />),
                ])}
                <Row name={m.parks_total()} minutes={now.total} strong />
              </tbody>
            </table>
          </section>
        </>
      )}
    </Page>
  );
}

function Kpi({ name, value, note, tone = 'muted' }: { name: string; value: string; note: string; tone?: string }) {
  return (
    <div className="card kpi">
      <span className="muted text-[.9375rem]">{name}</span>
      <b>{value}</b>
      <span className={`text-[.8125rem] ${tone}`}>{note}</span>
    </div>
  );
}

function Row({
  name,
  minutes,
  strong,
}: {
  name: React.ReactNode;
  minutes: { open: number; booked: number; used: number };
  strong?: boolean;
}) {
  const share = utilization(minutes);
  return (
    <tr className={strong ? 'font-semibold' : undefined}>
      <td className={strong ? undefined : 'md:pl-8!'}>{name}</td>
      <td className="r" data-label={m.parks_open_hours()}>
        {hours(minutes.open)}
      </td>
      <td className="r" data-label={m.parks_booked_hours()}>
        {hours(minutes.booked)}
      </td>
      <td className="r" data-label={m.parks_used_hours()}>
        {hours(minutes.used)}
      </td>
      <td className="r" data-label={m.parks_idle_hours()}>
        {hours(idle(minutes))}
      </td>
      <td className="r" data-label={m.parks_utilization()}>
        {share === null ? '–' : percent(share)}
      </td>
    </tr>
  );
}
