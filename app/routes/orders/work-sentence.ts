/** What a buyer reads of work that is booked: what to bring, send or come to, and what comes of it. */
import * as m from '#app/i18n/paraglide/messages.js';
import { endingOf, type Handover, handoverOf } from '#app/modules/catalogue/handover.ts';
import type { OrderView } from '#app/read-models/view-order.server.ts';
import { dayTime } from '#app/ui/format.ts';
import type { WorkProgress } from '#db/schema/orders.ts';

type Dated = (input: { when: string }) => string;
const BOOKED: Record<Handover, Dated> = {
  instruments: m.order_next_bring,
  samples: m.order_next_bring_samples,
  course: m.order_next_attend,
  equipment: m.order_next_use,
  meeting: m.order_next_use,
  goods: m.order_next_goods_collect,
  visit: m.order_next_on_site,
  remote: m.order_next_remote,
};
const BY_COURIER: Partial<Record<Handover, Dated>> = {
  instruments: m.order_next_send,
  samples: m.order_next_send_samples,
  goods: m.order_next_goods_send,
};
const CAME: Partial<Record<Handover, Dated>> = {
  instruments: m.order_next_received,
  samples: m.order_next_received_samples,
  goods: m.order_next_packing,
};

export function workSentence(order: OrderView, progress: Exclude<WorkProgress, 'closed'>): string {
  const { deliveryMode, startAt, timeZone, service } = order;
  const handover = handoverOf({ family: service.family, deliveryMode });
  const at = (ms: number) => ({ when: dayTime(ms, { timeZone }) });
  switch (progress) {
    case 'confirmed': {
      const said = (deliveryMode === 'courier' && BY_COURIER[handover]) || BOOKED[handover];
      return said(at(startAt + (service.travelMinutes ?? 0) * 60_000));
    }
    case 'received':
      return (CAME[handover] ?? m.order_next_there)(at(startAt));
    case 'in_service':
      return goingOn(order, handover);
    case 'reported':
      return ended(order, handover);
  }
}

function goingOn({ service }: OrderView, handover: Handover): string {
  const days = service.turnaroundDays;
  if (handover === 'goods') return m.order_next_packing();
  if (days === 0) return m.order_next_under_way();
  return (endingOf(service) === 'report' ? m.order_next_in_service : m.order_next_in_service_result)({ days });
}

/** Where the result is to be had, and then how what was handed in comes back. */
function ended({ service, deliveryMode, reports }: OrderView, handover: Handover): string {
  const file = reports.length > 0;
  const and = (first: string, second: string | false | undefined) => (second ? m.order_next_two({ first, second }) : first);
  switch (endingOf(service)) {
    case 'report':
      return and(file ? m.order_next_report_file() : m.order_next_report_ask(), back(handover, deliveryMode === 'courier'));
    case 'result':
      return file ? m.order_next_result_file() : m.order_next_result_ask();
    case 'course':
      return and(m.order_next_course_over(), file && m.order_next_certificate_file());
    case 'use':
      return and(m.order_next_use_over(), file && m.order_next_use_file());
    case 'goods':
      return deliveryMode === 'courier' ? m.order_next_goods_sent() : m.order_next_goods_ready();
  }
}

function back(handover: Handover, byCourier: boolean): string | undefined {
  if (handover === 'instruments') return byCourier ? m.order_next_back_instruments() : m.order_next_fetch_instruments();
  if (handover === 'samples') return byCourier ? m.order_next_back_samples() : m.order_next_fetch_samples();
  return undefined;
}
