import { and, asc, desc, eq, inArray, lt, or, type SQL } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { countAll, type Queries } from '#db/queries.ts';
import { centre } from '#db/schema/catalogue.ts';
import { organisation } from '#db/schema/identity.ts';
import { orders, type Progress } from '#db/schema/orders.ts';

/** The tabs of a buyer's list and the states behind them. `open` is what somebody has to do something about. */
export const TABS = {
  requests: ['requested'],
  unpaid: ['held'],
  booked: ['confirmed', 'received'],
  working: ['in_service', 'reported'],
  done: ['closed'],
  ended: ['declined', 'cancelled', 'expired'],
} as const satisfies Record<string, readonly Progress[]>;
export type Tab = keyof typeof TABS;
export const TAB_NAMES = Object.keys(TABS) as Tab[];

export type OrderListQuestion = {
  /** All states when left out. */
  tab?: Tab;
  /** From the page before: `nextCursor`. Anything else begins at the top. */
  cursor?: string;
  perPage?: number;
};

const MOST_PER_PAGE = 100;

/** The orders of the actor's organisation as a buyer, newest first. @throws Problem not_found for others than SMEs */
export async function listBuyerOrders({ db }: Pick<Deps, 'db'>, actor: Actor, question: OrderListQuestion = {}) {
  if (actor.organisationKind !== 'sme') throw new Problem('not_found');
  return db.read((q) => list(q, eq(orders.buyerId, actor.organisationId), question));
}

async function list(q: Queries, tenant: SQL, { tab, cursor, perPage = 25 }: OrderListQuestion) {
  const size = Math.max(1, Math.min(MOST_PER_PAGE, Math.trunc(perPage) || 1));
  const states = tab && Object.hasOwn(TABS, tab) ? inArray(orders.progress, [...TABS[tab]]) : undefined;
  const rows = await q
    .select({
      id: orders.id,
      number: orders.number,
      version: orders.version,
      progress: orders.progress,
      payment: orders.payment,
      snapshot: orders.snapshot,
      quantity: orders.quantity,
      startAt: orders.startAt,
      endAt: orders.endAt,
      timeZone: orders.timeZone,
      gross: orders.gross,
      holdExpiresAt: orders.holdExpiresAt,
      decisionDueAt: orders.decisionDueAt,
      createdAt: orders.createdAt,
      centreZh: centre.nameZh,
      centreEn: centre.nameEn,
      buyerZh: organisation.nameZh,
      buyerEn: organisation.nameEn,
    })
    .from(orders)
    .innerJoin(centre, eq(centre.id, orders.centreId))
    .innerJoin(organisation, eq(organisation.id, orders.buyerId))
    .where(and(tenant, states, after(cursor)))
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(size + 1);
  const counted = await q
    .select({ progress: orders.progress, count: countAll() })
    .from(orders)
    .where(tenant)
    .groupBy(orders.progress)
    .orderBy(asc(orders.progress));
  const counts = Object.fromEntries(
    TAB_NAMES.map((name) => [
      name,
      counted.filter((row) => (TABS[name] as readonly Progress[]).includes(row.progress)).reduce((sum, row) => sum + row.count, 0),
    ]),
  ) as Record<Tab, number>;
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return {
    orders: shown.map(({ snapshot, ...row }) => ({ ...row, serviceZh: snapshot.nameZh, serviceEn: snapshot.nameEn })),
    counts,
    nextCursor: rows.length > size && last ? `${last.createdAt}.${last.id}` : null,
  };
}

/** Behind the row the cursor names; by instant and id, so that nothing is skipped or shown twice while new orders come in. */
function after(cursor: string | undefined): SQL | undefined {
  const found = /^(\d{1,15})\.([\w-]{1,64})$/.exec(cursor ?? '');
  if (!found) return undefined;
  const at = Number(found[1]);
  return or(lt(orders.createdAt, at), and(eq(orders.createdAt, at), lt(orders.id, found[2] ?? '')));
}
