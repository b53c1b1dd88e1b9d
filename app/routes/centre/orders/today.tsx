import type { MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { can } from '#app/modules/identity/policy.ts';
import { viewDayList } from '#app/modules/jobs/view-day-list.server.ts';
import { deliveryOf } from '#app/routes/catalogue/delivery-words.ts';
import { day as dayName } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import { requireCentre } from '../guard.server.ts';
import { noticeOf } from '../notices.ts';
import { progressName, progressTone } from '../words.ts';
import { Workspace } from '../workspace.tsx';
import { Next } from './inbox-table.tsx';
import { type TodayRow, todayRow } from './today.server.ts';

export const loader = serve(async ({ request, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  const params = new URL(request.url).searchParams;
  const list = await viewDayList(services, actor, { day: params.get('day') ?? undefined });
  const { day, today, previous, next, span, zone } = list;
  return {
    day,
    today,
    previous,
    next,
    name: dayName(span.from, { timeZone: zone }),
    linked: list.linked.map(({ nameZh, nameEn }) => pick(nameZh, nameEn)).join(m.centre_list_comma()),
    rows: list.jobs.map((job) => todayRow(job, list, can(actor, 'order.work'))),
    planner: can(actor, 'time.plan'),
    notice: noticeOf(params),
  };
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${m.centre_day_title()} ${data?.name ?? ''} · ${m.brand()}` }];

const dayPath = (day: string) => `/centre/today?day=${day}`;

export default function Today() {
  const { day, today, previous, next, name, linked, rows, planner, notice } = useView<typeof loader>();
  return (
    <Workspace title={m.centre_day_title()} notice={notice}>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="text-[1.125rem] font-semibold">
          {name} <span className="chip">{m.centre_day_count({ count: rows.length })}</span>
        </p>
        <nav className="flex gap-2" aria-label={m.centre_day_turn()}>
          <A to={dayPath(previous)} className="btn small">
            ‹ {m.centre_day_previous()}
          </A>
          <A to="/centre/today" className="btn small" aria-current={day === today ? 'date' : undefined}>
            {m.centre_today()}
          </A>
          <A to={dayPath(next)} className="btn small">
            {m.centre_day_next()} ›
          </A>
        </nav>
      </div>
      {linked ? <p className="tiny">{m.centre_day_linked({ resources: linked })}</p> : <Unlinked planner={planner} />}
      {rows.length === 0 ? (
        <Empty title={m.centre_day_none()}>
          <p>{m.centre_day_none_text()}</p>
        </Empty>
      ) : (
        <ol className="grid gap-3">
          {rows.map((row) => (
            <Job key={row.id} row={row} back={dayPath(day)} />
          ))}
        </ol>
      )}
    </Workspace>
  );
}

/** Why one sees everybody's bookings, and how to see only one's own. */
function Unlinked({ planner }: { planner: boolean }) {
  return (
    <p className="rounded-field bg-info-soft px-4 py-3 text-[.9375rem] print:hidden">
      {planner ? m.centre_day_unlinked_planner() : m.centre_day_unlinked()}{' '}
      {planner && (
        <A to="/centre/pools" className="link">
          {m.centre_pools_open()}
        </A>
      )}
    </p>
  );
}

function Job({ row, back }: { row: TodayRow; back: string }) {
  const { address } = row;
  return (
    <li className="card pad grid gap-x-6 gap-y-3 sm:grid-cols-[8rem_minmax(0,1fr)_auto]">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 sm:block">
        <p className="num text-[1.125rem] font-semibold">
          {row.from}–{row.until}
        </p>
        <span className={`chip ${progressTone(row.progress)}`}>{progressName(row.progress, row)}</span>
        {row.whole && <p className="tiny w-full break-keep sm:mt-1">{row.whole}</p>}
      </div>
      <div className="grid content-start gap-1">
        <h2 className="text-[1.0625rem]">
          {row.service} × {row.quantity} {row.expedited && <span className="chip warn">{m.centre_expedited()}</span>}
        </h2>
        <p>
          {row.buyer} <span className="tiny">{deliveryOf(row.family, row.deliveryMode)}</span>
        </p>
        {row.places && <p className="font-semibold">{row.places}</p>}
        {address && (
          <p>
            {address.line} · {address.recipient} ·{' '}
            <a href={`tel:${address.phone}`} className="link">
              {address.phone}
            </a>
          </p>
        )}
        {row.items && (
          <p className="muted text-[.9375rem]">
            {row.items} {row.more}
          </p>
        )}
        <A to={`/centre/orders/${row.number}`} className="link num inline-flex min-h-6 items-center justify-self-start">
          {row.number}
        </A>
      </div>
      <div className="grid content-center max-sm:[&_.btn]:w-full print:hidden">{row.advance && <Next order={row} back={back} />}</div>
    </li>
  );
}
