import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderStore } from '#app/core/files.server.ts';
import { confirmRedLetter } from '#app/modules/invoices/confirm-red-letter.server.ts';
import { issueInvoice } from '#app/modules/invoices/issue-invoice.server.ts';
import { issueRedLetter } from '#app/modules/invoices/issue-red-letter.server.ts';
import { lapseRedLetters } from '#app/modules/invoices/lapse-red-letters.server.ts';
import { markUsed } from '#app/modules/invoices/mark-used.server.ts';
import { raiseAgain, raiseForMistake } from '#app/modules/invoices/raise-red-letter.server.ts';
import { LAPSE_MS } from '#app/modules/invoices/red-letter-machine.ts';
import { requestInvoice } from '#app/modules/invoices/request-invoice.server.ts';
import { saveTitle } from '#app/modules/invoices/save-title.server.ts';
import { withdrawRedLetter } from '#app/modules/invoices/withdraw-red-letter.server.ts';
import { cancelOrder, previewCancellation } from '#app/modules/orders/cancel-order.server.ts';
import { redLetter } from '#db/schema/invoices.ts';
import { buyerOf, openTill, paidOrder, settled } from '../payments/till.ts';
import { faultOf, invoicing, NUMBER, PDF, TITLE, TODAY } from './bench.ts';

async function issued() {
  const all = await invoicing();
  const order = await all.paid();
  const number = await all.ask([order]);
  await all.issue(number);
  const { deps, m, lettersOf, nextNumber } = all;
  const last = async () => (await lettersOf(number)).at(-1)!;
  const red = async (changes: Partial<Parameters<typeof issueRedLetter>[3]> = {}) => {
    const { id: letter, amount } = await last();
    const input = { invoiceNumber: nextNumber(), issuedOn: TODAY, amount, files: [PDF], ...changes };
    return issueRedLetter(deps, m.manager, { number, letter }, input);
  };
  return { ...all, order, number, last, red };
}

describe('a red letter', () => {
  it('of an invoice nobody has used is raised by a refund and issued by the centre alone', async () => {
    const { m, deps, buyer, order, number, last, red, giveBack, letters, audited, lettersOf, rowOf } = await issued();
    await giveBack(order.id, 10_600);
    expect(await last()).toMatchObject({ state: 'raised', reason: 'refund', amount: 10_600, tax: 600, invoiceUsed: false });
    expect(await faultOf(confirmRedLetter(deps, buyer, number, (await last()).id))).toBe('red_letter_past');
    expect(await faultOf(red({ amount: 10_601 }))).toBe('amount.amount_differs');
    expect(await faultOf(red({ issuedOn: '2026-11-22' }))).toBe('issuedOn.day_early');
    expect(await faultOf(red({ invoiceNumber: (await rowOf(number)).invoiceNumber ?? '' }))).toBe('invoiceNumber.number_taken');
    await red();
    expect(await faultOf(red())).toBe('red_letter_past');
    expect(await last()).toMatchObject({ state: 'issued', issuedOn: TODAY, files: [{ name: '发票.pdf' }] });
    // Nobody else has to do with it.
    expect(await faultOf(withdrawRedLetter(deps, { ...m.manager, organisationId: 'x' }, number, (await last()).id))).toBe('not_found');
    expect((await letters()).map(({ kind }) => kind).slice(-3)).toEqual(['red_letter_raised', 'red_letter_issued', 'red_letter_issued']);
    expect(await audited(number)).toEqual([
      'invoice.requested',
      'invoice.issued',
      'invoice.red_letter_raised',
      'invoice.red_letter_issued',
    ]);
    expect(await lettersOf(number)).toHaveLength(1);
  });

  it('of a used one waits 72 hours for the buyer, lapses and is raised again', async () => {
    const { deps, m, buyer, order, number, last, red, giveBack, letters, lettersOf } = await issued();
    await markUsed(deps, buyer, number);
    expect(await faultOf(markUsed(deps, buyer, number))).toBe('invoice_past');
    await giveBack(order.id, 10_600);
    expect(await faultOf(red())).toBe('red_letter_past');
    deps.time.now += LAPSE_MS - 1;
    expect(await lapseRedLetters(deps)).toBe(0);
    deps.time.now += 1;
    // Also before the task has come by.
    expect(await faultOf(confirmRedLetter(deps, buyer, number, (await last()).id))).toBe('red_letter_past');
    expect(await lapseRedLetters(deps)).toBe(1);
    expect(await lapseRedLetters(deps)).toBe(0);
    const lapsed = await last();
    expect(lapsed.state).toBe('lapsed');
    expect((await letters()).map(({ kind }) => kind).slice(-2)).toEqual(['red_letter_lapsed', 'red_letter_lapsed']);
    await raiseAgain(deps, m.manager, number, lapsed.id);
    expect(await faultOf(raiseAgain(deps, m.manager, number, lapsed.id))).toBe('invoice_past');
    expect(await last()).toMatchObject({ state: 'raised', amount: 10_600, tax: 600, refundId: lapsed.refundId, invoiceUsed: true });
    await confirmRedLetter(deps, buyer, number, (await last()).id);
    deps.time.now += 2 * LAPSE_MS;
    expect(await lapseRedLetters(deps)).toBe(0);
    await red();
    expect((await lettersOf(number)).map(({ state }) => state)).toEqual(['lapsed', 'issued']);
  });

  it('never takes back more than the invoice, and the last takes what is left of the tax', async () => {
    const { deps, m, order, number, red, giveBack, lettersOf, rowOf, ask } = await issued();
    await giveBack(order.id, 333);
    await red();
    await giveBack(order.id, 334);
    await red();
    await giveBack(order.id, order.gross - 667);
    await red();
    const all = await lettersOf(number);
    expect(all.reduce((sum, { amount }) => sum + amount, 0)).toBe(order.gross);
    expect(all.reduce((sum, { tax }) => sum + tax, 0)).toBe(order.vat);
    expect(await rowOf(number)).toMatchObject({ state: 'reversed' });
    expect(await faultOf(raiseForMistake(deps, m.manager, number))).toBe('invoice_past');
    expect(await faultOf(ask([order]))).toBe('orders.orders_unpaid');
  });

  it('for a mistake takes back all that is left and frees the orders for another invoice', async () => {
    const { deps, m, order, number, last, red, giveBack, rowOf, ask, orderOf, lettersOf, nextNumber } = await issued();
    await giveBack(order.id, 10_600);
    await raiseForMistake(deps, m.manager, number);
    expect(await faultOf(raiseForMistake(deps, m.manager, number))).toBe('invoice_past');
    await withdrawRedLetter(deps, m.manager, number, (await last()).id);
    await raiseForMistake(deps, m.manager, number);
    expect(await last()).toMatchObject({ reason: 'mistake', amount: order.gross - 10_600, tax: order.vat - 600 });
    await red();
    expect(await rowOf(number)).toMatchObject({ state: 'issued' });
    expect(await faultOf(ask([await orderOf(order.id)]))).toBe('orders.orders_already');
    // The one for the refund is issued too: nothing of the invoice is left.
    const [ofRefund] = await lettersOf(number);
    const input = { invoiceNumber: nextNumber(), issuedOn: TODAY, amount: 10_600, files: [PDF] };
    await issueRedLetter(deps, m.manager, { number, letter: ofRefund?.id ?? '' }, input);
    expect(await rowOf(number)).toMatchObject({ state: 'reversed' });
    expect(await rowOf(await ask([await orderOf(order.id)]))).toMatchObject({ state: 'requested', amount: order.gross - 10_600 });
  });

  it('is withdrawn when the refund came back, unless it was confirmed', async () => {
    const { deps, order, last, giveBack } = await issued();
    await giveBack(order.id, 10_600, 'refund-1');
    await deps.db.write((tx) => deps.tell(tx, 'refundCameBack', { orderId: order.id, refundId: 'refund-1', amount: 10_600 }, deps.clock()));
    expect(await last()).toMatchObject({ state: 'withdrawn' });
  });
});

it('a refund done at the gateway raises it', async () => {
  const till = await openTill({ market: { service: { cancelPolicy: { fullHours: 24 * 30, lateBasisPoints: 5_000 } } } });
  const folder = mkdtempSync(join(tmpdir(), 'hengji-invoices-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const deps = { ...till.deps, files: folderStore(folder) };
  const [buyer, order] = [buyerOf(till), await paidOrder(till)];
  const title = await saveTitle(deps, buyer, TITLE);
  const orders = [{ number: order.number, amount: order.gross }];
  const number = await requestInvoice(deps, buyer, { title, orders, note: '', submission: 'one' });
  const input = { invoiceNumber: NUMBER, issuedOn: TODAY, amount: order.gross, files: [PDF] };
  await issueInvoice(deps, till.market.manager, number, input);
  const { refund: shownRefund } = await previewCancellation(deps, buyer, order.number);
  await cancelOrder(deps, buyer, { number: order.number, shownRefund });
  await settled(till);
  const letters = await deps.db.read((q) => q.select().from(redLetter));
  expect(letters).toMatchObject([{ state: 'raised', amount: shownRefund, orderId: order.id }]);
});
