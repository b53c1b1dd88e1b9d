/** What the list of services is asked for: it stands in the address, and in the buttons that lead back to it. */
import { SERVICE_STATES, type ServicesQuestion } from '#app/modules/catalogue/service-states.ts';

const PATH = '/centre/services';
const MOST_WORDS = 80;

export type Asked = ServicesQuestion & { words: string; page: number };

export function askedOf(params: URLSearchParams): Asked {
  return {
    words: (params.get('q') ?? '').trim().slice(0, MOST_WORDS),
    state: SERVICE_STATES.find((one) => one === params.get('state')),
    page: Number(params.get('page')) || 1,
  };
}

/** @param more what the address says besides */
export function addressOf({ words, state, page }: Asked, more: Record<string, string> = {}): string {
  const params = new URLSearchParams({
    ...(words && { q: words }),
    ...(state && { state }),
    ...(page > 1 && { page: String(page) }),
    ...more,
  });
  return params.size > 0 ? `${PATH}?${params}` : PATH;
}

/** The same of an address that a form carried; anything that is none asks for all. */
export const askedAt = (address: string): Asked => askedOf(new URLSearchParams(address.split('?')[1] ?? ''));
