import type { Services } from '#app/http/services.server.ts';
import type { Catalogue, ServiceCard } from '#app/modules/catalogue/catalogue.ts';
import { isStocked, stocksOf } from '#app/modules/catalogue/stock.server.ts';
import { earliestStarts } from '#app/modules/scheduling/earliest-start.server.ts';

/** UTC ms; null: none within the horizon; or the shelf holds too few. */
export type Starts = Map<string, number | null | 'sold_out'>;

/**
 * The first free starts of the services a page shows. What is learnt for one piece from now on also serves the index, which sorts
 * and filters by it.
 */
export async function startsOf(
  services: Pick<Services, 'db' | 'clock'>,
  catalogue: Catalogue,
  cards: readonly ServiceCard[],
  asked: { quantity?: number; from?: number | null } = {},
): Promise<Starts> {
  if (cards.length === 0) return new Map();
  const { quantity = 1, from } = asked;
  const starts: Starts = new Map(await earliestStarts(services, cards, { quantity, ...(from ? { from } : {}) }));
  const stocked = cards.filter(({ family }) => isStocked(family)).map(({ id }) => id);
  if (stocked.length > 0) {
    const left = await services.db.read((q) => stocksOf(q, stocked));
    for (const id of stocked) if ((left.get(id) ?? 0) < quantity) starts.set(id, 'sold_out');
  }
  if (quantity === 1 && !from)
    for (const [id, start] of starts) catalogue.search.setEarliest(id, typeof start === 'number' ? start : undefined);
  return starts;
}
