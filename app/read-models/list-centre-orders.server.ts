import { and, asc, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { jobColumns } from '#app/modules/orders/order-row.server.ts';
import { contains } from '#db/contains.ts';
import { countAll, type Queries } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';
import { organisation } from '#db/schema/identity.ts';
import { orderItem, orders, type Progress } from '#db/schema/orders.ts';
import { beyond, pageOf } from './pages.ts';

/** The tabs of a centre's inbox and the states behind them, in the order the work is done. */
export const INBOX = {
  requests: ['requested'],
  arriving: ['confirmed'],
  received: ['received'],
  working: ['in_service'],
  reported: ['reported'],
  unpaid: ['held'],
  done: ['closed'],
  ended: ['declined', 'cancelled', 'expired'],
} as const satisfies Record<string, readonly Progress[]>;
export type InboxTab = keyof typeof INBOX;
export const INBOX_TABS = Object.keys(INBOX) as InboxTab[];

/** What an inbox can be put in order by, other than by what is waited for soonest. */
export const INBOX_SORTS = ['start', 'newest', 'oldest', 'gross'] as const;
export type InboxSort = (typeof INBOX_SORTS)[number];

export type InboxQuestion = {
  /** All states when left out. */
  tab?: InboxTab;
  /** Part of an order's number, a buyer's name or a serial number. */
  words?: string;
  /** Left out: as the tab has it. */
  sort?: InboxSort;
  /** From the page before: `nextCursor`. Anything else begins at the top. */
  cursor?: string;
  perPage?: number;
};

const MOST_PER_PAGE = 100;
const MOST_WORDS = 80;

type Sorting = { by: SQL<number>; rising: boolean };
const newest: Sorting = { by: sql<number>`${orders.createdAt}`, rising: false };
const changed: Sorting = { by: sql<number>`${orders.updatedAt}`, rising: false };
const SORTED: Record<InboxSort, Sorting> = {
  start: { by: sql<number>`${orders.startAt}`, rising: true },
  newest,
  oldest: { ...newest, rising: true },
  gross: { by: sql<number>`${orders.gross}`, rising: false },
};
/** What is waited for soonest comes first; what is over, latest first. */
const SORTING: Record<InboxTab, Sorting> = {
  requests: { by: sql<number>`coalesce(${orders.decisionDueAt}, ${orders.startAt})`, rising: true },
  arriving: { by: sql<number>`${orders.startAt}`, rising: true },
  received: { by: sql<number>`${orders.startAt}`, rising: true },
  working: { by: sql<number>`${orders.endAt}`, rising: true },
  reported: changed,
  unpaid: { by: sql<number>`coalesce(${orders.holdExpiresAt}, ${orders.startAt})`, rising: true },
  done: changed,
  ended: changed,
};

/**
 * The inbox of the actor's centre: a tab with the most urgent first, or what was searched for, newest first.
 * @throws Problem not_found for others than centres
 */
export async function listCentreOrders({ db }: Pick<Deps, 'db'>, actor: Actor, question: InboxQuestion = {}) {
  requireRight(actor, 'centre.view');
  const { cursor, perPage = 25 } = question;
  const tab = question.tab && Object.hasOwn(INBOX, question.tab) ? question.tab : undefined;
  const size = Math.max(1, Math.min(MOST_PER_PAGE, Math.trunc(perPage) || 1));
  const { by, rising } = question.sort ? SORTED[question.sort] : tab ? SORTING[tab] : newest;
  return db.read(async (q) => {
    const own = await q.select({ id: centre.id }).from(centre).where(eq(centre.organisationId, actor.organisationId));
    const tenant = inArray(
      orders.centreId,
      own.map((row) => row.id),
    );
    const rows = await q
      .select({
        ...jobColumns,
        timeZone: orders.timeZone,
        gross: orders.gross,
        holdExpiresAt: orders.holdExpiresAt,
        decisionDueAt: orders.decisionDueAt,
        buyerZh: organisation.nameZh,
        buyerEn: organisation.nameEn,
        key: by.mapWith(Number),
      })
      .from(orders)
      .innerJoin(organisation, eq(organisation.id, orders.buyerId))
      .where(
        and(tenant, tab && inArray(orders.progress, [...INBOX[tab]]), saying(q, question.words), beyond(cursor, by, orders.id, rising)),
      )
      .orderBy(rising ? asc(by) : desc(by), rising ? asc(orders.id) : desc(orders.id))
      .limit(size + 1);
    const counted = await q.select({ progress: orders.progress, count: countAll() }).from(orders).where(tenant).groupBy(orders.progress);
    const { shown, nextCursor } = pageOf(rows, size, ({ key }) => key);
    return {
      orders: shown.map(({ snapshot, key: _, ...row }) => ({
        ...row,
        family: snapshot.family,
        serviceZh: snapshot.nameZh,
        serviceEn: snapshot.nameEn,
        turnaroundDays: snapshot.turnaroundDays,
      })),
      counts: Object.fromEntries(
        INBOX_TABS.map((name) => [
          name,
          counted.filter((row) => (INBOX[name] as readonly Progress[]).includes(row.progress)).reduce((sum, row) => sum + row.count, 0),
        ]),
      ) as Record<InboxTab, number>,
      nextCursor,
    };
  });
}

function saying(q: Queries, words = ''): SQL | undefined {
  const wanted = words.trim().slice(0, MOST_WORDS);
  if (wanted === '') return undefined;
  const holds = (column: unknown) => contains(column, wanted);
  return or(
    holds(orders.number),
    holds(organisation.nameZh),
    holds(organisation.nameEn),
    inArray(orders.id, q.select({ id: orderItem.orderId }).from(orderItem).where(holds(orderItem.serial))),
  );
}
