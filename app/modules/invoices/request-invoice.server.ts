import { and, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { type BilledOrder, billedOrders, isPaid } from '#app/modules/orders/billed-orders.server.ts';
import { isUniqueViolation } from '#db/errors.ts';
import type { Queries } from '#db/queries.ts';
import { invoice, invoicedOrder, invoiceTitle } from '#db/schema/invoices.ts';
import type { OrdersFault, RequestInput } from './request-form.ts';
import { writeRequest } from './write-request.server.ts';

/**
 * Asks a centre for one invoice over orders the actor's firm has paid there. A form sent twice is one request.
 * @returns the request's number
 * @throws Problem not_found, forbidden; invalid_form: of `title` choose; of `orders` an OrdersFault. Nothing is written then.
 */
export async function requestInvoice({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, form: RequestInput): Promise<string> {
  requireRight(actor, 'invoice.ask');
  const input = { ...form, submission: form.submission || newId() };
  try {
    return await db.write((tx) => request(tx, actor, input, clock()));
  } catch (error) {
    // The same form at the same time: the other one was first.
    if (!isUniqueViolation(error)) throw error;
    const before = await db.read((q) => madeBefore(q, actor.organisationId, input.submission));
    if (before === undefined) throw error;
    return before;
  }
}

async function request(tx: Queries, actor: Actor, input: RequestInput, now: number): Promise<string> {
  const before = await madeBefore(tx, actor.organisationId, input.submission);
  if (before !== undefined) return before;
  const [title] = await tx
    .select()
    .from(invoiceTitle)
    .where(and(eq(invoiceTitle.id, input.title), eq(invoiceTitle.buyerId, actor.organisationId)));
  if (!title) throw new Problem('invalid_form', { field: 'title', reason: 'choose' });
  const orders = await judged(tx, actor.organisationId, input.orders);
  const asked = { personId: actor.personId, title, note: input.note, submissionKey: input.submission };
  return (await writeRequest(tx, orders, asked, now)).number;
}

/** The orders as they are now, in the order they were named. */
async function judged(tx: Queries, buyerId: string, shown: RequestInput['orders']): Promise<BilledOrder[]> {
  const refuse = (reason: OrdersFault) => new Problem('invalid_form', { field: 'orders', reason });
  const amounts = new Map(shown.map(({ number, amount }) => [number, amount]));
  const found = await billedOrders(tx, { numbers: [...amounts.keys()] });
  const own = [...amounts.keys()].flatMap((number) => found.find((order) => order.number === number && order.buyerId === buyerId) ?? []);
  // Another firm's order is not there, for who asks.
  if (own.length < amounts.size) throw new Problem('not_found');
  if (new Set(own.map(({ centreId }) => centreId)).size > 1) throw refuse('orders_two_centres');
  const ids = own.map(({ id }) => id);
  const taken = await tx.select({ orderId: invoicedOrder.orderId }).from(invoicedOrder).where(inArray(invoicedOrder.orderId, ids));
  if (taken.length > 0) throw refuse('orders_already');
  if (!own.every(isPaid)) throw refuse('orders_unpaid');
  if (own.some((order) => order.gross - order.refunded !== amounts.get(order.number))) throw refuse('orders_changed');
  return own;
}

async function madeBefore(q: Queries, buyerId: string, submissionKey: string): Promise<string | undefined> {
  const [made] = await q
    .select({ number: invoice.number })
    .from(invoice)
    .where(and(eq(invoice.submissionKey, submissionKey), eq(invoice.buyerId, buyerId)));
  return made?.number;
}
