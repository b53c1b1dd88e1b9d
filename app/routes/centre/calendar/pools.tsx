import type { MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { can } from '#app/modules/identity/policy.ts';
import { viewPools } from '#app/read-models/view-pools.server.ts';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import { requireCentre } from '../guard.server.ts';
import { noticeOf } from '../notices.ts';
import { Workspace } from '../workspace.tsx';
import { hoursText, poolKindName, WEEKDAYS } from './pool-words.ts';

export const loader = serve(async ({ request, services }) => {
  const member = await requireCentre(services, request);
  const now = services.clock();
  const pools = await viewPools(services, actorOf(member));
  return {
    pools: pools.map(({ id, kind, nameZh, nameEn, weeklyHours, resources, services: users }) => ({
      id,
      kind,
      nameZh,
      nameEn,
      hours: weeklyHours.map(hoursText),
      resources: resources.length,
      ended: resources.filter(({ validUntil }) => validUntil !== null && validUntil < now).length,
      users,
    })),
    manager: can(actorOf(member), 'time.plan'),
    notice: noticeOf(new URL(request.url).searchParams),
  };
});

export const meta: MetaFunction = () => [{ title: `${m.centre_pools_title()} · ${m.brand()}` }];

/** Days of the same hours in one line: `周一–周五 09:00-12:00`. */
function weekText(hours: readonly string[]): string[] {
  const lines: { first: number; last: number; text: string }[] = [];
  for (const [day, text] of hours.entries()) {
    const before = lines.at(-1);
    if (before && before.text === text && before.last === day - 1) before.last = day;
    else if (text) lines.push({ first: day, last: day, text });
  }
  return lines.map(({ first, last, text }) => {
    const name = (day: number) => WEEKDAYS[day]?.() ?? '';
    return `${first === last ? name(first) : `${name(first)}–${name(last)}`} ${text}`;
  });
}

export default function Pools() {
  const { pools, manager, notice } = useView<typeof loader>();
  const add = manager && (
    <A to="/centre/pools/new" className="btn go">
      {m.centre_pool_new()}
    </A>
  );
  return (
    <Workspace title={m.centre_pools_title()} notice={notice} actions={pools.length > 0 && add}>
      {pools.length === 0 ? (
        <Empty title={m.centre_pools_none()}>
          <p>{m.centre_pools_none_text()}</p>
          {add || <p>{m.centre_planners_only()}</p>}
        </Empty>
      ) : (
        <section className="card pad">
          <table className="data stack">
            <thead>
              <tr>
                <th scope="col">{m.centre_pool_title()}</th>
                <th scope="col">{m.centre_pool_kind()}</th>
                <th scope="col">{m.centre_pool_hours()}</th>
                <th scope="col" className="r">
                  {m.centre_pool_resource_count()}
                </th>
                <th scope="col" className="r">
                  {m.centre_pool_service_count()}
                </th>
              </tr>
            </thead>
            <tbody>
              {pools.map((pool) => (
                <tr key={pool.id}>
                  <td>
                    <A to={`/centre/pools/${pool.id}`} className="link">
                      {pick(pool.nameZh, pool.nameEn)}
                    </A>
                  </td>
                  <td data-label={m.centre_pool_kind()}>{poolKindName(pool.kind)}</td>
                  <td data-label={m.centre_pool_hours()}>
                    <span className="grid">
                      {weekText(pool.hours).map((line) => (
                        <span key={line} className="num">
                          {line}
                        </span>
                      ))}
                    </span>
                  </td>
                  <td className="r" data-label={m.centre_pool_resource_count()}>
                    {pool.resources}
                    {pool.ended > 0 && <span className="chip warn ml-2">{m.centre_pool_ended({ count: pool.ended })}</span>}
                  </td>
                  <td className="r" data-label={m.centre_pool_service_count()}>
                    {pool.users}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Workspace>
  );
}
