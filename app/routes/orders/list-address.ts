/** What the buyer's list is asked for, and the addresses that ask it. */
import type { Tab } from '#app/read-models/list-buyer-orders.server.ts';

/** What cannot be used is said beside its field, and the list is shown without it. */
export type WrongDate = 'invalid' | 'crossed';

export type Asked = {
  tab: Tab | null;
  words: string;
  typed: { from: string; until: string };
  wrong: { from?: WrongDate; until?: WrongDate };
};

/** The address of a list: what is asked, with what is another about it. */
export function listAddress({ words, typed, tab }: Omit<Asked, 'wrong'>, file = '/orders', after?: string): string {
  const params = Object.entries({ tab, q: words, ...typed, after }).filter((one): one is [string, string] => Boolean(one[1]));
  return params.length === 0 ? file : `${file}?${new URLSearchParams(params)}`;
}
