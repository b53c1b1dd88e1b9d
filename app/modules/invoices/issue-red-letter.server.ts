import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { referToFiles } from '#app/core/file-use.server.ts';
import type { FileStore } from '#app/core/files.server.ts';
import { isUniqueViolation } from '#db/errors.ts';
import type { Queries } from '#db/queries.ts';
import type { InvoiceFile } from '#db/schema/invoices.ts';
import { mailBuyerOfInvoice } from './invoice-mail.server.ts';
import { changeInvoice, changeRedLetter, freeOrders, invoiceAt, isNumberTaken } from './invoice-row.server.ts';
import { dayIn } from './invoice-zone.server.ts';
import type { IssueInput } from './issue-form.ts';
import { type Issued, keepInvoiceFiles, refuseIssue } from './issue-invoice.server.ts';
import { redLetterOf } from './red-letter-of.server.ts';

/**
 * Puts down that the red invoice of a letter was issued outside: its number, day, files and amount. When all of an invoice is taken back its
 * orders may be invoiced again.
 * @throws Problem not_found, forbidden; red_letter_past before it is confirmed and when it is over; invalid_form with an IssueFault
 */
export async function issueRedLetter(
  deps: Pick<Deps, 'db' | 'clock'> & { files: FileStore },
  actor: Actor,
  { number, letter: letterId }: { number: string; letter: string },
  { files, ...input }: Issued,
): Promise<void> {
  const { db, clock } = deps;
  await db.read((q) => judge(q, actor, { number, letterId }, input, clock()));
  const kept = await keepInvoiceFiles(deps, actor, files);
  try {
    await db.write((tx) => issue(tx, actor, { number, letterId }, { ...input, kept }, clock()));
  } catch (error) {
    throw isUniqueViolation(error) ? refuseIssue('invoiceNumber', 'number_taken') : error;
  }
}

type Which = { number: string; letterId: string };

async function judge(q: Queries, actor: Actor, { number, letterId }: Which, input: IssueInput, now: number) {
  const { row, zone } = await invoiceAt(q, actor, 'centre', number);
  const found = await redLetterOf(q, row, letterId, 'issue', now);
  if (input.issuedOn > dayIn(zone, now)) throw refuseIssue('issuedOn', 'day_ahead');
  if (input.issuedOn < (row.issuedOn ?? '')) throw refuseIssue('issuedOn', 'day_early');
  if (await isNumberTaken(q, input.invoiceNumber)) throw refuseIssue('invoiceNumber', 'number_taken');
  if (input.amount !== found.letter.amount) throw refuseIssue('amount', 'amount_differs');
  return { row, ...found };
}

async function issue(tx: Queries, actor: Actor, which: Which, { kept, ...input }: IssueInput & { kept: InvoiceFile[] }, now: number) {
  const { row, letter, letters, state } = await judge(tx, actor, which, input, now);
  const { invoiceNumber: redNumber, issuedOn } = input;
  await changeRedLetter(
    tx,
    letter,
    { state, redNumber, issuedOn, files: kept, filesOwnerId: actor.organisationId },
    { action: 'red_letter_issued', actorId: actor.personId, data: { redNumber, issuedOn, files: kept.map(({ id }) => id) } },
    now,
  );
  await referToFiles(
    tx,
    { kind: 'red_letter', id: letter.id },
    kept.map(({ id }) => id),
  );
  await mailBuyerOfInvoice(tx, row, 'red_letter_issued', { red: letter.amount, redNumber }, now, { once: letter.id, toTitle: true });
  const before = letters.filter((one) => one.state === 'issued').reduce((sum, { amount }) => sum + amount, 0);
  if (before + letter.amount < row.amount) return;
  await changeInvoice(tx, row, { state: 'reversed' }, { action: 'reversed', actorId: actor.personId }, now);
  await freeOrders(tx, row.id);
}
