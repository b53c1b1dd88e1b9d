import type { Services } from '#app/http/services.server.ts';
import type { Catalogue, ServiceCard } from '#app/modules/catalogue/catalogue.ts';
import { earliestStarts } from '#app/modules/scheduling/earliest-start.server.ts';

/**
 * The first free starts of the services a page shows. What is learnt for one piece from now on also serves the index, which sorts
 * and filters by it.
 */
export async function startsOf(
  services: Pick<Services, 'db' | 'clock'>,
  catalogue: Catalogue,
  cards: readonly ServiceCard[],
  asked: { quantity?: number; from?: number | null } = {},
): Promise<Map<string, number | null>> {
  if (cards.length === 0) return new Map();
  const { quantity = 1, from } = asked;
  const starts = await earliestStarts(services, cards, { quantity, ...(from ? { from } : {}) });
  if (quantity === 1 && !from) for (const [id, start] of starts) catalogue.search.setEarliest(id, start ?? undefined);
  return starts;
}
