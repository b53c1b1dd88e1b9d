import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { referToFiles } from '#app/core/file-use.server.ts';
import { type CheckedFile, type FileStore, keepFile } from '#app/core/files.server.ts';
import { Problem } from '#app/core/problem.ts';
import { billedOrders } from '#app/modules/orders/billed-orders.server.ts';
import { isUniqueViolation } from '#db/errors.ts';
import type { Queries } from '#db/queries.ts';
import type { InvoiceFile, InvoiceLine } from '#db/schema/invoices.ts';
import { classOf, lineOfRest, sumsOf, withClass } from './invoice-lines.ts';
import { mailBuyerOfInvoice } from './invoice-mail.server.ts';
import { changeInvoice, type Invoice, invoiceAt, isNumberTaken, ordersOf } from './invoice-row.server.ts';
import { dayIn } from './invoice-zone.server.ts';
import type { IssueFault, IssueInput } from './issue-form.ts';
import { raiseForRefund } from './raise-for-refund.server.ts';
import { taxClassesOf } from './tax-class-of.server.ts';

type Needs = Pick<Deps, 'db' | 'clock'> & { files: FileStore };
export type Issued = IssueInput & { files: CheckedFile[] };

export const refuseIssue = (field: string, reason: IssueFault) => new Problem('invalid_form', { field, reason });

/** Keeps files for their invoice; nothing refers to them yet. */
export async function keepInvoiceFiles(deps: Needs, actor: Actor, files: readonly CheckedFile[]): Promise<InvoiceFile[]> {
  const kept: InvoiceFile[] = [];
  for (const file of files) kept.push({ id: await keepFile(deps, file, actor), name: file.name, size: file.bytes.length });
  return kept;
}

/**
 * Puts down that the centre has issued an invoice outside: its number, day, files and what it comes to. That is what is due now; where a part
 * was given back since it was asked for, it may be what was asked for too, and a red letter for the part is raised at once.
 * @throws Problem not_found, forbidden; invoice_past when it is no longer waited for; invalid_form with an IssueFault
 */
export async function issueInvoice(deps: Needs, actor: Actor, number: string, { files, ...input }: Issued): Promise<void> {
  const { db, clock } = deps;
  // Looked at before anything is kept, and again when it is written.
  await db.read((q) => judge(q, actor, number, input, clock()));
  const kept = await keepInvoiceFiles(deps, actor, files);
  try {
    await db.write((tx) => issue(tx, actor, number, { ...input, kept }, clock()));
  } catch (error) {
    throw isUniqueViolation(error) ? refuseIssue('invoiceNumber', 'number_taken') : error;
  }
}

async function judge(q: Queries, actor: Actor, number: string, input: IssueInput, now: number) {
  const { row, zone } = await invoiceAt(q, actor, 'centre', number);
  if (row.state !== 'requested') throw new Problem('invoice_past');
  if (input.issuedOn > dayIn(zone, now)) throw refuseIssue('issuedOn', 'day_ahead');
  if (await isNumberTaken(q, input.invoiceNumber)) throw refuseIssue('invoiceNumber', 'number_taken');
  const parts = await ordersOf(q, row.id);
  const left = new Map(parts.map(({ orderId, amount, reduced }) => [orderId, amount - reduced]));
  const due = row.lines.flatMap((line) => rest(line, left.get(line.orderId) ?? 0));
  const asAsked = input.amount === row.amount;
  if (!asAsked && input.amount !== sumsOf(due).amount) throw refuseIssue('amount', 'amount_differs');
  return { row, lines: asAsked ? row.lines : due, reduced: asAsked ? parts.filter((part) => part.reduced > 0) : [] };
}

const rest = (line: InvoiceLine, left: number): InvoiceLine[] => (left > 0 ? [lineOfRest(line, left)] : []);

async function issue(tx: Queries, actor: Actor, number: string, { kept, ...input }: IssueInput & { kept: InvoiceFile[] }, now: number) {
  const { row, lines, reduced } = await judge(tx, actor, number, input, now);
  const { invoiceNumber, issuedOn, amount } = input;
  const written = { lines: await withClasses(tx, row, lines), ...sumsOf(lines), files: kept, filesOwnerId: actor.organisationId };
  const issued = await changeInvoice(
    tx,
    row,
    { state: 'issued', invoiceNumber, issuedOn, issuedAt: now, ...written },
    { action: 'issued', actorId: actor.personId, data: { invoiceNumber, issuedOn, amount, files: kept.map(({ id }) => id) } },
    now,
  );
  await referToFiles(
    tx,
    { kind: 'invoice', id: row.id },
    kept.map(({ id }) => id),
  );
  await mailBuyerOfInvoice(tx, issued, 'invoice_issued', {}, now, { toTitle: true });
  for (const { orderId, reduced: part } of reduced) await raiseForRefund(tx, issued, { orderId, refundId: null, amount: part }, now);
}

/** As the centre has set its classes by now. */
async function withClasses(tx: Queries, row: Invoice, lines: readonly InvoiceLine[]): Promise<InvoiceLine[]> {
  const classes = await taxClassesOf(tx, row.centreId);
  const orders = await billedOrders(tx, { ids: lines.map(({ orderId }) => orderId) });
  const family = new Map(orders.map(({ id, snapshot }) => [id, snapshot.family]));
  return lines.map((line) => withClass(line, classOf(classes, family.get(line.orderId) ?? '')));
}
