/** What an address asks of the buyer's list. */
import { DEFAULT_ZONE, dayEnd, dayStart } from '#app/modules/scheduling/local-day.ts';
import { shownDay } from '#app/modules/scheduling/shown-day.ts';
import { type OrderListQuestion, TAB_NAMES } from '#app/read-models/list-buyer-orders.server.ts';
import type { Asked } from './list-address.ts';

const MOST_LETTERS = 80;

export function askedOrders(params: URLSearchParams): Asked & { question: OrderListQuestion } {
  const tab = TAB_NAMES.find((name) => name === params.get('tab'));
  const words = (params.get('q') ?? '').trim().slice(0, MOST_LETTERS);
  const typed = { from: (params.get('from') ?? '').slice(0, 20), until: (params.get('until') ?? '').slice(0, 20) };
  const from = shownDay(typed.from);
  const until = shownDay(typed.until);
  const crossed = from !== undefined && until !== undefined && until < from;
  const wrong: Asked['wrong'] = {
    ...(typed.from && from === undefined && { from: 'invalid' as const }),
    ...(typed.until && until === undefined && { until: 'invalid' as const }),
    ...(crossed && { until: 'crossed' as const }),
  };
  const question: OrderListQuestion = {
    ...(tab && { tab }),
    ...(words && { words }),
    ...(from !== undefined && { from: dayStart(DEFAULT_ZONE, from) }),
    ...(until !== undefined && !crossed && { until: dayEnd(DEFAULT_ZONE, until) }),
  };
  return { tab: tab ?? null, words, typed, wrong, question };
}
