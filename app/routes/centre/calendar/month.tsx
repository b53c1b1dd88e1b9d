import type { MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView, type ViewOf } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { dayNumber, weekdayOf } from '#app/modules/scheduling/local-day.ts';
import { viewPoolMonth } from '#app/read-models/view-pool-month.server.ts';
import { monthName } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { requireCentre } from '../guard.server.ts';
import { Workspace } from '../workspace.tsx';
import { PoolFilter } from './pool-filter.tsx';
import { WEEKDAYS_SHORT } from './pool-words.ts';

export const loader = serve(async ({ request, services }) => {
  const member = await requireCentre(services, request);
  const params = new URL(request.url).searchParams;
  const poolId = params.get('pool') || undefined;
  const view = await viewPoolMonth(services, actorOf(member), { month: params.get('month') ?? undefined, poolId });
  return { ...view, poolId: poolId ?? '' };
});

export const meta: MetaFunction = () => [{ title: `${m.centre_month_title()} · ${m.brand()}` }];

type View = ViewOf<typeof loader>;

export default function Month() {
  const { month, previous, next, days, all, pools, poolId } = useView<typeof loader>();
  const to = (asked: string) => `/centre/calendar/month?month=${asked}${poolId ? `&pool=${poolId}` : ''}`;
  return (
    <Workspace title={m.centre_month_title()}>
      <div className="flex flex-wrap items-center gap-2">
        <PoolFilter path="/centre/calendar/month" kept={{ month }} pools={all} poolId={poolId} />
        <span className="ml-auto flex flex-wrap gap-2">
          <A to={`/centre/calendar?from=${days[0]}&days=7${poolId ? `&pool=${poolId}` : ''}`} className="btn small">
            {m.centre_week_view()}
          </A>
          <A to={to(previous)} className="btn small">
            ‹ {m.centre_earlier()}
          </A>
          <A to={to(next)} className="btn small">
            {m.centre_later()} ›
          </A>
        </span>
      </div>
      <p className="font-semibold">{monthName(month)}</p>
      {pools.map((pool) => (
        <PoolMonthTable key={pool.id} pool={pool} view={{ days, poolId }} />
      ))}
      <p className="tiny">{m.centre_month_legend()}</p>
    </Workspace>
  );
}

/** Tenths of an hour, and how full that makes the day, in nine steps. */
function loadOf(day: View['pools'][number]['resources'][number]['days'][number]): { className: string; text: string } {
  if (!day || (day.open === 0 && day.booked === 0)) return { className: 'off', text: '' };
  if (day.booked === 0) return { className: '', text: '' };
  const share = Math.min(1, day.booked / Math.max(day.open, day.booked));
  return { className: `l${Math.max(1, Math.round(share * 9))}`, text: String(Math.round(day.booked / 6) / 10) };
}

function PoolMonthTable({ pool, view: { days } }: { pool: View['pools'][number]; view: { days: string[]; poolId: string } }) {
  const name = pick(pool.nameZh, pool.nameEn);
  return (
    <section className="card pad grid gap-2">
      <h2>{name}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard */}
      <section className="scroll" tabIndex={0} aria-label={name}>
        <table className="month">
          <thead>
            <tr>
              <th scope="col">{m.centre_pool_resources()}</th>
              {days.map((iso) => (
                <th key={iso} scope="col">
                  <A to={`/centre/calendar?from=${iso}&days=1&pool=${pool.id}`}>
                    {Number(iso.slice(8))}
                    <small>{WEEKDAYS_SHORT[weekdayOf(dayNumber(iso)) - 1]?.()}</small>
                  </A>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pool.resources.map((resource) => (
              <tr key={resource.id}>
                <th scope="row">{pick(resource.nameZh, resource.nameEn)}</th>
                {resource.days.map((day, i) => {
                  const { className, text } = loadOf(day);
                  return (
                    <td key={days[i]} className={className || undefined}>
                      {text}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
