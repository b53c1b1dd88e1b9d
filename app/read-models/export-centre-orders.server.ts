import { inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { type OrderTexts, orderTexts } from '#app/modules/orders/order-texts.ts';
import { orders } from '#db/schema/orders.ts';
import { type InboxQuestion, listCentreOrders } from './list-centre-orders.server.ts';

type Listed = Awaited<ReturnType<typeof listCentreOrders>>['orders'][number];

const AT_ONCE = 100;

/** Every page of the inbox, one after another: none is skipped or twice in it while orders come in. @throws Problem as the inbox */
export async function exportCentreOrders(deps: Pick<Deps, 'db'>, actor: Actor, question: Pick<InboxQuestion, 'tab' | 'words' | 'sort'>) {
  const rows: (Listed & { texts: OrderTexts })[] = [];
  let cursor: string | undefined;
  do {
    const page = await listCentreOrders(deps, actor, { ...question, perPage: AT_ONCE, ...(cursor && { cursor }) });
    const texts = await textsOf(deps, page.orders);
    rows.push(...page.orders.map((order) => ({ ...order, texts: texts.get(order.id) ?? orderTexts(() => '') })));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return rows;
}

/** What the buyers wrote on them: the inbox itself does not show it, and need not read it. */
async function textsOf({ db }: Pick<Deps, 'db'>, of: readonly Listed[]): Promise<Map<string, OrderTexts>> {
  const ids = of.map(({ id }) => id);
  const columns = { id: orders.id, ...orderTexts((name) => orders[name]) };
  const found = ids.length === 0 ? [] : await db.read((q) => q.select(columns).from(orders).where(inArray(orders.id, ids)));
  return new Map(found.map(({ id, ...texts }) => [id, texts]));
}
