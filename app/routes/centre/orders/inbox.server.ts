/** A row of the inbox as it is shown: times in words, what presses, what to do next. */
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { endingOf } from '#app/modules/catalogue/handover.ts';
import { reportDueAt } from '#app/modules/jobs/report-due.ts';
import { dayOf, mondayOf } from '#app/modules/scheduling/local-day.ts';
import type { listCentreOrders } from '#app/read-models/list-centre-orders.server.ts';
import { day, dayTime } from '#app/ui/format.ts';
import { nextAdvance } from '../words.ts';

type Order = Awaited<ReturnType<typeof listCentreOrders>>['orders'][number];
export type InboxRow = ReturnType<typeof inboxRow>;

type Mark = { tone: '' | 'info' | 'warn' | 'bad'; text: string };

/** @param may what the member's role allows: a button is there only for who may press it */
export function inboxRow(order: Order, now: number, may: { work: boolean; decide: boolean }) {
  const { timeZone } = order;
  return {
    id: order.id,
    number: order.number,
    version: order.version,
    progress: order.progress,
    family: order.family,
    deliveryMode: order.deliveryMode,
    expedited: order.expedited,
    quantity: order.quantity,
    buyer: pick(order.buyerZh, order.buyerEn),
    service: pick(order.serviceZh, order.serviceEn),
    start: dayTime(order.startAt, { timeZone }),
    near: order.progress === 'confirmed' ? nearness(order, now) : null,
    due: due(order, now),
    advance: may.work ? nextAdvance(order.progress, order) : undefined,
    decides: may.decide && order.progress === 'requested',
  };
}

/** How near the start is, for work that has not come in yet. */
function nearness({ startAt, timeZone }: Order, now: number): Mark | null {
  const [start, today] = [dayOf(timeZone, startAt), dayOf(timeZone, now)];
  if (startAt <= now) return { tone: 'bad', text: m.centre_start_past() };
  if (start === today) return { tone: 'warn', text: m.centre_start_today() };
  if (mondayOf(start) === mondayOf(today)) return { tone: 'info', text: m.centre_start_week() };
  return null;
}

/** Until when the centre has to answer, the buyer to pay, or the report to be out. */
function due(order: Order, now: number): Mark | null {
  const { timeZone, progress } = order;
  if (progress === 'requested' && order.decisionDueAt)
    return {
      tone: order.decisionDueAt <= now ? 'bad' : 'warn',
      text: m.centre_answer_by({ when: dayTime(order.decisionDueAt, { timeZone }) }),
    };
  if (progress === 'held' && order.holdExpiresAt)
    return { tone: 'warn', text: m.centre_pay_by({ when: dayTime(order.holdExpiresAt, { timeZone }) }) };
  if (progress !== 'confirmed' && progress !== 'received' && progress !== 'in_service') return null;
  const at = reportDueAt(timeZone, order.endAt, order.turnaroundDays);
  return {
    tone: at < now ? 'bad' : '',
    text: (endingOf(order) === 'report' ? m.centre_report_by : m.centre_done_by)({ when: day(at, { timeZone }) }),
  };
}
