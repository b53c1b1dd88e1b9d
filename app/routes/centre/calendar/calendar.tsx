import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { given } from '#app/core/form.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { can } from '#app/modules/identity/policy.ts';
import { addClosure } from '#app/modules/scheduling/add-closure.server.ts';
import { removeClosure } from '#app/modules/scheduling/remove-closure.server.ts';
import { viewPoolWeek } from '#app/read-models/view-pool-week.server.ts';
import { viewPools } from '#app/read-models/view-pools.server.ts';
import { FormError, Select, Submit, TextField } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { A } from '#app/ui/link.tsx';
import { requireCentre } from '../guard.server.ts';
import { noticeOf, saying } from '../notices.ts';
import { Workspace } from '../workspace.tsx';
import { calendarView, firstDayOf, instantOf } from './calendar.server.ts';
import { DragBooking } from './drag-booking.tsx';
import { PoolFilter } from './pool-filter.tsx';
import { BookingList, PoolStrips } from './pool-strips.tsx';

export const loader = serve(async ({ request, services }) => {
  const member = await requireCentre(services, request);
  const params = new URL(request.url).searchParams;
  const actor = actorOf(member);
  // A phone has room for one day.
  const phone = /\bMobi/.test(request.headers.get('user-agent') ?? '');
  const days = params.get('days') === '1' || (phone && params.get('days') !== '7' && !params.has('week')) ? 1 : 7;
  const poolId = params.get('pool') || undefined;
  const firstDay = firstDayOf(params);
  // A new centre has no pools yet.
  if (poolId === undefined && (await viewPools(services, actor)).length === 0) throw redirectTo('/centre/pools');
  const week = await viewPoolWeek(services, actor, { firstDay, days, poolId });
  const { pathname, search } = new URL(request.url);
  return {
    week: calendarView(week, services.clock()),
    pools: week.all,
    poolId: poolId ?? '',
    days,
    manager: can(actorOf(member), 'time.plan'),
    notice: noticeOf(params),
    here:
      pathname.replace(/^\/en\//, '/').replace(/\.data$/, '') + search.replace(/[?&](_routes|said|what|now)=[^&]*/g, '').replace(/^&/, '?'),
  };
});

/** What the form closes: nothing for the whole centre, a pool, or `pool/resource`. */
function closedOf(value: string): { poolId: string | null; resourceId: string | null } {
  const [poolId, resourceId] = value.split('/');
  return { poolId: poolId || null, resourceId: resourceId || null };
}

const MOST_REASON = 500;

const closureForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('remove'), closure: given, back: given }),
  z.object({ intent: z.literal('close'), pool: given, from: given, until: given, reasonZh: given, reasonEn: given, back: given }),
]);

export const action = serve(async ({ request, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  const act = async (input: z.output<typeof closureForm>) => {
    const done = (said: string) => redirectTo(saying(input.back || '/centre/calendar', said, ''));
    if (input.intent === 'remove') {
      await removeClosure(services, actor, input.closure);
      throw done('closure_removed');
    }
    const { pool, from, until, reasonZh, reasonEn } = input;
    const { centreId, zone } = await viewPoolWeek(services, actor, { days: 1 });
    const times = { fromAt: instantOf(from, zone), untilAt: instantOf(until, zone) };
    await addClosure(services, actor, { centreId, ...closedOf(pool), ...times, reasonZh, reasonEn });
    throw done('closure_added');
  };
  return answerForm(request, closureForm, act, ['forbidden', 'not_found']);
});

const FAULTS = {
  fromAt: m.centre_closure_error_from,
  untilAt: m.centre_closure_error_until,
  reasonZh: m.centre_closure_error_reason,
  reasonEn: m.centre_closure_error_reason,
  forbidden: m.centre_failed_forbidden,
  not_found: m.centre_closure_gone,
};

export const meta: MetaFunction = () => [{ title: `${m.centre_calendar_title()} · ${m.brand()}` }];

export default function Calendar() {
  const { week, pools, poolId, days, manager, notice, here } = useView<typeof loader>();
  const back = useFormBack(FAULTS);
  // Bookings in its way are named at the form that asked for it.
  const booked = back.code === 'closure_has_bookings' ? back.facts : undefined;
  const to = (over: { from?: string; pool?: string; days?: number }) => {
    const all = { from: week.days[0]?.iso ?? '', pool: poolId, days, ...over };
    return `/centre/calendar?from=${all.from}${all.pool ? `&pool=${all.pool}` : ''}&days=${all.days}`;
  };
  return (
    <Workspace
      title={m.centre_calendar_title()}
      notice={notice}
      actions={
        <div className="flex flex-wrap gap-2">
          <A to="/centre/calendar/feed" className="btn">
            {m.centre_feed_title()}
          </A>
          <A to="/centre/pools" className="btn">
            {m.centre_pools_open()}
          </A>
        </div>
      }
    >
      <div className="flex flex-wrap items-center gap-2">
        <PoolFilter path="/centre/calendar" kept={{ from: week.days[0]?.iso, days }} pools={pools} poolId={poolId} />
        <span className="ml-auto flex flex-wrap gap-2">
          <A
            to={days === 1 ? to({ days: 7, from: week.monday }) : to({ days: 1, from: week.now ? week.today : week.days[0]?.iso })}
            className="btn small"
          >
            {days === 1 ? m.centre_week_view() : m.centre_day_view()}
          </A>
          <A to={`/centre/calendar/month?month=${week.days[0]?.iso.slice(0, 7)}${poolId ? `&pool=${poolId}` : ''}`} className="btn small">
            {m.centre_month_view()}
          </A>
          <A to={to({ from: week.previous })} className="btn small">
            ‹ {m.centre_earlier()}
          </A>
          <A to={`/centre/calendar?days=${days}${poolId ? `&pool=${poolId}` : ''}`} className="btn small">
            {m.centre_today()}
          </A>
          <A to={to({ from: week.next })} className="btn small">
            {m.centre_later()} ›
          </A>
        </span>
      </div>
      <p className="font-semibold">{week.span}</p>
      {week.pools.map((pool) => (
        <PoolStrips key={pool.id} pool={pool} days={week.days} drags={manager} />
      ))}
      <p className="tiny">{m.centre_calendar_legend()}</p>
      {manager && <DragBooking back={here} />}
      <BookingList bookings={week.bookings} />

      <section className="grid gap-4 md:grid-cols-2">
        <div className="card pad grid content-start gap-3">
          <h2>{m.centre_closures_title()}</h2>
          {week.closures.length === 0 && <p className="muted">{m.centre_closures_none()}</p>}
          <ul className="grid gap-2">
            {week.closures.map((closure) => (
              <li key={closure.id} className="flex flex-wrap items-center justify-between gap-3">
                <span>{closure.text}</span>
                {manager && (
                  <Form method="post">
                    <input type="hidden" name="closure" value={closure.id} />
                    <input type="hidden" name="back" value={here} />
                    <Submit name="intent" value="remove" className="btn small" aria-label={`${m.centre_closure_remove()}: ${closure.text}`}>
                      {m.centre_closure_remove()}
                    </Submit>
                  </Form>
                )}
              </li>
            ))}
          </ul>
        </div>
        {manager ? (
          <Form method="post" className="card pad grid gap-4" aria-label={m.centre_closure_add()}>
            <h2>{m.centre_closure_add()}</h2>
            {booked ? (
              <FormError title={m.centre_closure_booked({ count: Number(booked.count) })}>
                {m.centre_closure_booked_text({ orders: String(booked.orders) })}
              </FormError>
            ) : (
              <FormTrouble back={back} title={m.ui_form_faults({ count: back.said.length })} />
            )}
            <input type="hidden" name="back" value={here} />
            <Select label={m.centre_closure_pool()} name="pool" defaultValue={back.text('pool', poolId)} {...back.errors('pool')}>
              <option value="">{m.centre_whole_centre()}</option>
              {pools.map((pool) => (
                <optgroup key={pool.id} label={pick(pool.nameZh, pool.nameEn)}>
                  <option value={pool.id}>{m.centre_closure_whole_pool({ pool: pick(pool.nameZh, pool.nameEn) })}</option>
                  {pool.resources.map((one) => (
                    <option key={one.id} value={`${pool.id}/${one.id}`}>
                      {pick(one.nameZh, one.nameEn)}
                    </option>
                  ))}
                </optgroup>
              ))}
            </Select>
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField
                label={m.centre_closure_from()}
                name="from"
                type="datetime-local"
                required
                defaultValue={back.text('from')}
                {...back.errors('fromAt')}
              />
              <TextField
                label={m.centre_closure_until()}
                name="until"
                type="datetime-local"
                required
                defaultValue={back.text('until')}
                {...back.errors('untilAt')}
              />
            </div>
            <TextField
              label={m.centre_closure_reason_zh()}
              name="reasonZh"
              maxLength={MOST_REASON}
              defaultValue={back.text('reasonZh')}
              {...back.errors('reasonZh')}
            />
            <TextField
              label={m.centre_closure_reason_en()}
              name="reasonEn"
              maxLength={MOST_REASON}
              defaultValue={back.text('reasonEn')}
              {...back.errors('reasonEn')}
            />
            <Submit name="intent" value="close" className="btn go justify-self-start">
              {m.centre_closure_submit()}
            </Submit>
          </Form>
        ) : (
          <p className="muted">{m.centre_managers_only()}</p>
        )}
      </section>
    </Workspace>
  );
}
