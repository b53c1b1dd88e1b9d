import { and, desc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { factsByVersion } from '#app/core/lasting-facts.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { orderChanges } from '#app/modules/orders/count-unpaid.server.ts';
import { countAll, prepare, type Queries, sumOf } from '#db/queries.ts';
import { orders, type Progress } from '#db/schema/orders.ts';
import { type Counted, findBuyerOrders, type Matching, searchWords } from './find-buyer-orders.server.ts';
import { type Place, pageOf, placeOf } from './pages.ts';

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
/** All states stand under no tab. */
export const isUnder = (tab: Tab | undefined, progress: Progress) => !tab || (TABS[tab] as readonly Progress[]).includes(progress);

export type OrderListQuestion = {
  /** All states when left out. */
  tab?: Tab;
  /** Parts of an order's number, its service, centre, instruments, serial numbers or the buyer's own number; every one has to be found. */
  words?: string;
  /** Ordered from this instant on, and before that one. */
  from?: number;
  until?: number;
  /** From the page before: `nextCursor`. Anything else begins at the top. */
  cursor?: string;
  perPage?: number;
};

const MOST_PER_PAGE = 200;
/** Behind every instant an order can have. */
export const LAST = 8_640_000_000_000_000;

/**
 * The orders of the actor's organisation as a buyer, newest first, and how many there are under each tab, with what they come to (含税, 分);
 * the names of their centres are the catalogue's. @throws Problem not_found for others than SMEs
 */
export async function listBuyerOrders({ db }: Pick<Deps, 'db'>, actor: Actor, question: OrderListQuestion = {}) {
  requireRight(actor, 'order.view');
  return db.read((q) => list(q, actor.organisationId, question));
}

type Span = { buyerId: string; from: number; until: number };

async function list(q: Queries, buyerId: string, question: OrderListQuestion) {
  const { cursor, perPage = 30, from = 0, until = LAST } = question;
  const size = Math.max(1, Math.min(MOST_PER_PAGE, Math.trunc(perPage) || 1));
  const tab = question.tab && Object.hasOwn(TABS, question.tab) ? question.tab : undefined;
  const span = { buyerId, from, until };
  const words = searchWords(question.words);
  const found = words.length > 0 ? await findBuyerOrders(q, span, words) : undefined;
  const behind = placeOf(cursor) ?? { at: until, id: '' };
  const rows = found ? foundPage(found, tab, behind, size + 1) : await page(q, tab, span, behind, size + 1);
  const { shown, nextCursor } = pageOf(rows, size, ({ createdAt }) => createdAt);
  const rowAt = await rowsAt(q, shown);
  return {
    orders: shown.flatMap(({ id }) => rowAt(id) ?? []),
    ...totals(found ? found.map(({ progress, gross }) => ({ progress, count: 1, gross })) : await countedOf(q, span)),
    nextCursor,
  };
}

/** What stands under each tab: how many, and what they come to. */
function totals(rows: Counted[]) {
  const counts = Object.fromEntries(TAB_NAMES.map((name) => [name, 0])) as Record<Tab, number>;
  const sums = { ...counts };
  for (const { progress, count, gross } of rows) {
    const tab = TAB_NAMES.find((name) => isUnder(name, progress));
    if (!tab) continue;
    counts[tab] += count;
    sums[tab] += gross;
  }
  return { counts, sums };
}

const nameIn = (name: 'nameZh' | 'nameEn' | 'family') => sql<string>`${orders.snapshot} ->> ${sql.raw(`'${name}'`)}`;

/** An order is read once per version: every change of it has another. */
const rowsAt = factsByVersion((q, ids) =>
  q
    .select({
      id: orders.id,
      version: orders.version,
      number: orders.number,
      progress: orders.progress,
      startAt: orders.startAt,
      timeZone: orders.timeZone,
      deliveryMode: orders.deliveryMode,
      gross: orders.gross,
      holdExpiresAt: orders.holdExpiresAt,
      decisionDueAt: orders.decisionDueAt,
      createdAt: orders.createdAt,
      centreId: orders.centreId,
      serviceZh: nameIn('nameZh'),
      serviceEn: nameIn('nameEn'),
      family: nameIn('family'),
    })
    .from(orders)
    .where(inArray(orders.id, [...ids])),
);

type Row = Pick<typeof orders.$inferSelect, 'id' | 'version' | 'createdAt'>;

const newestFirst = (a: Row, b: Row) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1);

/** Of a tab with several states, the first of each, merged: every one is read in the order of an index. */
async function page(q: Queries, tab: Tab | undefined, { buyerId, from }: Span, { at, id }: Place, limit: number): Promise<Row[]> {
  const states = tab ? TABS[tab] : [undefined];
  const read = await Promise.all(states.map((progress) => readPage(q, { buyerId, from, at, id, limit, ...(progress && { progress }) })));
  return read.flat().sort(newestFirst).slice(0, limit);
}

type PageValues = { buyerId: string; from: number; at: number; id: string; limit: number; progress?: Progress };

/** By instant and id, so that nothing is skipped or shown twice while new orders come in. */
const readPage = (q: Queries, values: PageValues): Promise<Row[]> =>
  prepare(q, `buyer_orders_${values.progress ? 'of_progress' : 'all'}`, (p) =>
    p
      .select({ id: orders.id, version: orders.version, createdAt: orders.createdAt })
      .from(orders)
      .where(
        and(
          eq(orders.buyerId, sql.placeholder('buyerId')),
          values.progress && eq(orders.progress, sql.placeholder('progress')),
          sql`${orders.createdAt} >= ${sql.placeholder('from')}`,
          sql`(${orders.createdAt}, ${orders.id}) < (${sql.placeholder('at')}, ${sql.placeholder('id')})`,
        ),
      )
      .orderBy(desc(orders.createdAt), desc(orders.id))
      .limit(sql.placeholder('limit')),
  ).execute(values);

const MOST_KEPT = 2_000;
const keptCounts = new WeakMap<Queries, Map<string, { changes: number; rows: Counted[] }>>();

/**
 * Of all a buyer's orders: what was counted holds until one of them changes. The number is read first: what is counted may be newer than
 * it says, never older.
 */
async function countedOf(q: Queries, span: Span): Promise<Counted[]> {
  if (span.from > 0 || span.until < LAST) return counted(q, span);
  const kept = keptCounts.get(q) ?? new Map<string, { changes: number; rows: Counted[] }>();
  keptCounts.set(q, kept);
  const changes = await orderChanges(q, span.buyerId);
  const known = kept.get(span.buyerId);
  if (known?.changes === changes) return known.rows;
  const rows = await counted(q, span);
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value as string);
  kept.set(span.buyerId, { changes, rows });
  return rows;
}

/** From the index alone: no order is read for it. */
const counted = (q: Queries, span: Span): Promise<Counted[]> =>
  prepare(q, 'buyer_orders_counted', (p) =>
    p
      .select({ progress: orders.progress, count: countAll(), gross: sumOf(orders.gross) })
      .from(orders)
      .where(
        and(
          eq(orders.buyerId, sql.placeholder('buyerId')),
          gte(orders.createdAt, sql.placeholder('from')),
          lt(orders.createdAt, sql.placeholder('until')),
        ),
      )
      .groupBy(orders.progress),
  ).execute(span);

function foundPage(found: Matching[], tab: Tab | undefined, { at, id }: Place, limit: number): Row[] {
  const wanted = found.filter((row) => isUnder(tab, row.progress) && (row.createdAt < at || (row.createdAt === at && row.id < id)));
  return wanted.slice(0, limit);
}
