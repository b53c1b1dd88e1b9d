import type { ReactNode } from 'react';
import * as m from '#app/i18n/paraglide/messages.js';
import type { Bill as BillOf } from '#app/modules/catalogue/bill.ts';
import { type Ending, endingOf } from '#app/modules/catalogue/handover.ts';
import { fullRefundUntil } from '#app/modules/orders/policy.ts';
import type { OpenBooking } from '#app/read-models/view-booking.server.ts';
import { Bill } from '#app/ui/bill.tsx';
import { Submit } from '#app/ui/form.tsx';
import { dayTime, money, percent } from '#app/ui/format.ts';
import type { Booker } from './page.server.ts';
import { arrival, span } from './words.ts';

type Props = {
  view: OpenBooking;
  bill: BillOf;
  startAt: number | null;
  booker: Booker;
  travelMinutes: number;
  now: number;
  /** Payments of the demonstration's stand-in, not of a licensed institution. */
  simulated: boolean;
};

function whenOf(view: OpenBooking, startAt: number | null): string | null {
  if (startAt === null) return null;
  const { zone, days } = view.week;
  const start = days.flatMap((day) => day.starts).find(({ at }) => at === startAt);
  return start ? span(start.at, start.until, zone) : dayTime(startAt, { timeZone: zone });
}

/** When it is ready, of what ends with something to hand over. */
const READY: Record<Ending, (facts: { days: number }) => string> = {
  report: m.booking_terms_turnaround,
  result: m.booking_terms_result,
  course: m.booking_terms_result,
  use: m.booking_terms_result,
  goods: m.booking_terms_goods,
};

/** What stands beside the calendar: the time, the bill, the terms and the one button. */
export function Summary({ view, bill, startAt, booker, travelMinutes, now, simulated, children }: Props & { children?: ReactNode }) {
  return (
    <aside className="card pad grid content-start gap-3 lg:sticky lg:top-5" aria-labelledby="summary-title">
      <h2 id="summary-title" aria-live="polite">
        {whenOf(view, startAt) ?? <span className="muted font-normal">{m.booking_no_time_yet()}</span>}
      </h2>
      {startAt !== null && travelMinutes > 0 && <p className="muted text-[.9375rem]">{arrival(startAt, travelMinutes, view.week.zone)}</p>}
      <Bill bill={bill} />
      {children}
      <Go view={view} booker={booker} className="btn go hidden lg:inline-flex" />
      <Terms view={view} startAt={startAt} now={now} simulated={simulated} />
    </aside>
  );
}

/** On a phone the price and the button stay at hand. */
export function BottomBar({ view, bill, startAt, booker }: Omit<Props, 'now' | 'travelMinutes' | 'simulated'>) {
  return (
    <div className="sticky bottom-0 z-30 -mx-4 flex items-center gap-3 border-t border-line bg-surface px-4 pt-2.5 pb-[max(10px,env(safe-area-inset-bottom))] lg:hidden">
      <div className="min-w-0 flex-1">
        <p className="text-[1.125rem] leading-tight font-[650]">{money(bill.gross)}</p>
        <p className="tiny truncate">{whenOf(view, startAt) ?? m.booking_no_time_yet()}</p>
      </div>
      <Go view={view} booker={booker} className="btn go" />
    </div>
  );
}

function Go({ view, booker, className }: { view: OpenBooking; booker: Booker; className: string }) {
  if (booker !== 'member' && booker !== 'visitor') return null;
  const words =
    booker === 'visitor' ? m.booking_go_sign_in() : view.service.booking === 'instant' ? m.booking_go_hold() : m.booking_go_request();
  return (
    <Submit name="intent" value="book" busy={m.booking_going()} className={className}>
      {words}
    </Submit>
  );
}

function Terms({ view, startAt, now, simulated }: Pick<Props, 'view' | 'startAt' | 'now' | 'simulated'>) {
  const { cancelPolicy, booking, answerHours, turnaroundDays, family } = view.service;
  const timeZone = view.week.zone;
  const late = percent(cancelPolicy.lateBasisPoints / 10_000, 0);
  const until = startAt === null ? null : fullRefundUntil(startAt, cancelPolicy);
  const nothing = cancelPolicy.lateBasisPoints === 0;
  const hours = cancelPolicy.fullHours;
  const policy = () => {
    if (until === null) return nothing ? m.booking_policy_nothing({ hours }) : m.booking_policy({ hours, late });
    if (until <= now) return nothing ? m.booking_policy_late_nothing({ hours }) : m.booking_policy_late({ hours, late });
    const last = dayTime(until, { timeZone });
    return nothing ? m.booking_policy_until_nothing({ until: last }) : m.booking_policy_until({ until: last, late });
  };
  const ready = READY[endingOf({ family })];
  return (
    <ul className="tiny grid gap-1.5">
      {!view.verified && <li className="font-semibold text-warn">{m.booking_unverified()}</li>}
      <li>{booking === 'instant' ? m.booking_terms_hold() : m.booking_terms_request({ hours: answerHours })}</li>
      <li>{policy()}</li>
      {turnaroundDays > 0 && <li>{ready({ days: turnaroundDays })}</li>}
      <li>{simulated ? m.booking_terms_simulated() : m.booking_terms_money()}</li>
    </ul>
  );
}
