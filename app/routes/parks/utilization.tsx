import type { MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { HOUR_KINDS, hourKind, mondayOfWeek, utilization } from '#app/modules/parks/utilization.ts';
import { viewUtilizationPage } from '#app/read-models/view-utilization.server.ts';
import { Pages } from '#app/ui/facets.tsx';
import { date, percent } from '#app/ui/format.ts';
import { HeatMap } from '#app/ui/heat-map.tsx';
import { A } from '#app/ui/link.tsx';
import { Empty, Page } from '#app/ui/page.tsx';
import { Figures, HoursHead, hours, KIND_NAMES, Ranking, Row } from './figures.tsx';
import { hoursAddress } from './hours-address.ts';
import { periodOf, SPANS } from './period.server.ts';

export const loader = serve(async ({ request, services }) => {
  const member = await requireMember(services, request, 'park');
  const url = new URL(request.url);
  const period = periodOf(url, services.clock());
  const { firstWeek, lastWeek } = period;
  const page = Number(url.searchParams.get('page'));
  const view = await viewUtilizationPage(services, actorOf(member), { firstWeek, lastWeek, page });
  return { ...view, period, spans: SPANS };
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${m.parks_title({ park: pick(data.park.nameZh, data.park.nameEn) })} · ${m.brand()}` : m.brand() },
];

/** Mondays are days of the calendar, not instants: shown in UTC, as they were counted. */
const dayName = (day: number) => date(day * 86_400_000, { timeZone: 'UTC' });

export default function ParkUtilization() {
  const { park, weeks, totals, changes, idlest, centres, of, first, page, pages, period, spans } = useView<typeof loader>();
  // Equipment is always shown; what a park has none of is not.
  const kinds = HOUR_KINDS.filter((kind) => kind === 'equipment' || totals[kind].open + totals[kind].booked > 0);
  const address = (over: { span?: number; back?: number; page?: number }) => {
    const { span, back } = { ...period, ...over };
    return `?span=${span}&back=${back}${over.page ? `&page=${over.page}` : ''}`;
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
          <A className="btn small" to="/park/needs">
            {m.parks_needs_title()}
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

      {kinds.map((kind) => (
        <Figures
          key={kind}
          kind={kind}
          total={totals[kind]}
          change={changes.find((one) => one.kind === kind)?.points ?? null}
          period={period}
        />
      ))}
      <p className="tiny">{m.parks_centres_pools({ centres: of.centres, pools: of.pools })}</p>

      {centres.length === 0 ? (
        <Empty title={m.parks_no_centres_title()}>
          <p>{m.parks_no_centres_text()}</p>
        </Empty>
      ) : (
        <>
          <section className="card pad grid gap-3">
            <div>
              <h2>{m.parks_heat_title()}</h2>
              <p className="tiny">{m.parks_heat_note()}</p>
              {pages > 1 && <p className="tiny">{m.parks_shown({ first, last: first + centres.length - 1, all: of.centres })}</p>}
            </div>
            <HeatMap
              label={m.parks_heat_title()}
              columns={weeks.map((week) => dayName(mondayOfWeek(week)))}
              rows={centres.flatMap((centre) =>
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

          {idlest.length > 0 && (
            <section className="card pad grid gap-3">
              <h2>{m.parks_rank_title()}</h2>
              <p className="tiny">{m.parks_rank_note()}</p>
              {kinds.map((kind) => (
                <Ranking key={kind} kind={kind} pools={idlest.filter((pool) => hourKind(pool.kind) === kind)} period={period} />
              ))}
            </section>
          )}

          <section className="card pad">
            <h2 className="mb-2">{m.parks_table_title()}</h2>
            <table className="data stack">
              <HoursHead first={m.parks_centre()} />
              <tbody>
                {centres.flatMap((centre) => [
                  <tr key={centre.id} className="font-semibold">
                    <td colSpan={6}>
                      <A to={`/centres/${centre.slug}`} className="link">
                        {pick(centre.nameZh, centre.nameEn)}
                      </A>
                    </td>
                  </tr>,
                  ...centre.pools.map((pool) => (
                    <Row
                      key={pool.id}
                      minutes={pool.total}
                      name={
                        <A to={hoursAddress({ ...period, of: pool.id })} className="link">
                          {pick(pool.nameZh, pool.nameEn)}
                        </A>
                      }
                    />
                  )),
                ])}
                {kinds.map((kind) => (
                  <Row key={kind} name={m.parks_total_of({ kind: KIND_NAMES[kind]() })} minutes={totals[kind]} strong />
                ))}
              </tbody>
            </table>
          </section>
          {pages > 1 && <Pages page={page} pages={pages} to={(wanted) => address({ page: wanted })} />}
        </>
      )}
    </Page>
  );
}
