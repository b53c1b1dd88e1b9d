import { and, asc, desc, eq, inArray, lt, or, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { lastingFacts } from '#app/core/lasting-facts.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { countAll, prepare, type Queries } from '#db/queries.ts';
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

/** The orders of the actor's organisation as a buyer, newest first; the names of their centres are the catalogue's. @throws Problem not_found for others than SMEs */
export async function listBuyerOrders({ db }: Pick<Deps, 'db'>, actor: Actor, question: OrderListQuestion = {}) {
  requireRight(actor, 'order.view');
  return db.read((q) => list(q, actor.organisationId, question));
}

async function list(q: Queries, buyerId: string, { tab, cursor, perPage = 25 }: OrderListQuestion) {
  const size = Math.max(1, Math.min(MOST_PER_PAGE, Math.trunc(perPage) || 1));
  const rows = await page(q, tab && Object.hasOwn(TABS, tab) ? tab : undefined, { buyerId, limit: size + 1, ...after(cursor) });
  const counted = await countedByProgress(q, buyerId);
  const counts = Object.fromEntries(
    TAB_NAMES.map((name) => [
      name,
      counted.filter((row) => (TABS[name] as readonly Progress[]).includes(row.progress)).reduce((sum, row) => sum + row.count, 0),
    ]),
  ) as Record<Tab, number>;
  const names = await soldAs(
    q,
    rows.slice(0, size).map(({ id }) => id),
  );
  const shown = rows.slice(0, size).map((row) => ({ ...row, ...names(row.id)! }));
  const last = shown.at(-1);
  return {
    orders: shown,
    counts,
    nextCursor: rows.length > size && last ? `${last.createdAt}.${last.id}` : null,
  };
}

const nameIn = (name: 'nameZh' | 'nameEn') => sql<string>`${orders.snapshot} ->> ${sql.raw(`'${name}'`)}`;

/** What was sold never changes. */
const soldAs = lastingFacts((q, ids) =>
  q
    .select({ id: orders.id, serviceZh: nameIn('nameZh'), serviceEn: nameIn('nameEn') })
    .from(orders)
    .where(inArray(orders.id, [...ids])),
);

const page = (q: Queries, tab: Tab | undefined, values: { buyerId: string; limit: number; at?: number; id?: string }) =>
  prepare(q, `buyer_orders_${tab ?? 'all'}_${values.id ? 'after' : 'first'}`, (p) =>
    p
      .select({
        id: orders.id,
        number: orders.number,
        progress: orders.progress,
        startAt: orders.startAt,
        timeZone: orders.timeZone,
        gross: orders.gross,
        holdExpiresAt: orders.holdExpiresAt,
        decisionDueAt: orders.decisionDueAt,
        createdAt: orders.createdAt,
        centreId: orders.centreId,
      })
      .from(orders)
      .where(
        and(
          eq(orders.buyerId, sql.placeholder('buyerId')),
          tab && inArray(orders.progress, [...TABS[tab]]),
          values.id ? behind : undefined,
        ),
      )
      .orderBy(desc(orders.createdAt), desc(orders.id))
      .limit(sql.placeholder('limit')),
  ).execute(values);

/** By instant and id, so that nothing is skipped or shown twice while new orders come in. */
const behind = or(
  lt(orders.createdAt, sql.placeholder('at')),
  and(eq(orders.createdAt, sql.placeholder('at')), lt(orders.id, sql.placeholder('id'))),
);

const countedByProgress = (q: Queries, buyerId: string) =>
  prepare(q, 'buyer_orders_counted', (p) =>
    p
      .select({ progress: orders.progress, count: countAll() })
      .from(orders)
      .where(eq(orders.buyerId, sql.placeholder('buyerId')))
      .groupBy(orders.progress)
      .orderBy(asc(orders.progress)),
  ).execute({ buyerId });

/** The row a cursor names. */
function after(cursor: string | undefined): { at: number; id: string } | undefined {
  const [, at, id] = /^(\d{1,15})\.([\w-]{1,64})$/.exec(cursor ?? '') ?? [];
  return at && id ? { at: Number(at), id } : undefined;
}
