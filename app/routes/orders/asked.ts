/** What an address asks of the buyer's list. */
import { DEFAULT_ZONE, dayEnd, dayStart } from '#app/modules/scheduling/local-day.ts';
import { shownDay } from '#app/modules/scheduling/shown-day.ts';
import { type OrderListQuestion, TAB_NAMES } from '#app/read-models/list-buyer-orders.server.ts';

const MOST_LETTERS = 80;

/** What cannot be used is said beside its field, and the list is shown without it. */
export type WrongDate = 'invalid' | 'crossed';

export function askedOrders(params: URLSearchParams) {
  const tab = TAB_NAMES.find((name) => name === params.get('tab'));
  const words = (params.get('q') ?? '').trim().slice(0, MOST_LETTERS);
  const typed = { from: (params.get('from') ?? '').slice(0, 20), until: (params.get('until') ?? '').slice(0, 20) };
  const from = shownDay(typed.from);
  const until = shownDay(typed.until);
  const crossed = from !== undefined && until !== undefined && until < from;
  const wrong: { from?: WrongDate; until?: WrongDate } = {
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

export type Asked = Pick<ReturnType<typeof askedOrders>, 'tab' | 'words' | 'typed' | 'wrong'>;

/** The address of a list: what is asked, with what is another about it. */
export function listAddress({ words, typed, tab }: Omit<Asked, 'wrong'>, file = '/orders', after?: string): string {
  const params = Object.entries({ tab, q: words, ...typed, after }).filter((one): one is [string, string] => Boolean(one[1]));
  return params.length === 0 ? file : `${file}?${new URLSearchParams(params)}`;
}
