import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { type InboxQuestion, listCentreOrders } from './list-centre-orders.server.ts';

const AT_ONCE = 100;

/** Every page of the inbox, one after another: none is skipped or twice in it while orders come in. @throws Problem as the inbox */
export async function exportCentreOrders(deps: Pick<Deps, 'db'>, actor: Actor, question: Pick<InboxQuestion, 'tab' | 'words' | 'sort'>) {
  const rows: Awaited<ReturnType<typeof listCentreOrders>>['orders'] = [];
  let cursor: string | undefined;
  do {
    const page = await listCentreOrders(deps, actor, { ...question, perPage: AT_ONCE, ...(cursor && { cursor }) });
    rows.push(...page.orders);
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return rows;
}
