import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#app/core/actor.ts';
import { isFileUsed } from '#app/core/file-use.server.ts';
import { newId } from '#app/core/ids.server.ts';
import { chooseTitle } from '#app/modules/invoices/choose-title.server.ts';
import { issueInvoice } from '#app/modules/invoices/issue-invoice.server.ts';
import { readInvoiceFile } from '#app/modules/invoices/read-invoice-file.server.ts';
import { refuseInvoice } from '#app/modules/invoices/refuse-invoice.server.ts';
import { removeTitle } from '#app/modules/invoices/remove-title.server.ts';
import { requestInvoice } from '#app/modules/invoices/request-invoice.server.ts';
import { saveTaxClass } from '#app/modules/invoices/save-tax-class.server.ts';
import { saveTitle } from '#app/modules/invoices/save-title.server.ts';
import { withdrawInvoice } from '#app/modules/invoices/withdraw-invoice.server.ts';
import { invoice, invoiceChoice, invoicedOrder } from '#db/schema/invoices.ts';
import { orders } from '#db/schema/orders.ts';
import { seedMarket } from '#tests/support/market.ts';
import { faultOf, invoicing, NUMBER, PDF, TITLE, TODAY } from './bench.ts';

describe('a request', () => {
  it('takes several orders of a centre with the rate and the class of each, and tells who issues', async () => {
    const { deps, m, paid, ask, rowOf, letters, audited } = await invoicing();
    await saveTaxClass(deps, m.manager, { family: '', code: '3040601000000000000', name: '鉴证咨询服务', item: '校准费' });
    const [one, two] = [await paid(), await paid(undefined, { quantity: 2 })];
    const row = await rowOf(await ask([one, two]));
    expect(row).toMatchObject({ state: 'requested', title: { ...TITLE }, amount: one.gross + two.gross, tax: one.vat + two.vat });
    expect(row.lines).toMatchObject([
      { order: one.number, taxClass: '3040601000000000000', className: '鉴证咨询服务', item: '校准费', net: one.net, basisPoints: 600 },
      { order: two.number, quantity: 2, net: two.net, tax: two.vat, gross: two.gross },
    ]);
    expect(await letters()).toMatchObject([{ kind: 'invoice_requested', facts: { number: row.number, amount: row.amount } }]);
    expect(await audited(row.number)).toEqual(['invoice.requested']);
  });

  it('sent twice is one request; of two at once, one has the order', async () => {
    const { deps, buyer, paid, title } = await invoicing();
    const order = await paid();
    const form = { title: await title(), orders: [{ number: order.number, amount: order.gross }], note: '', submission: newId() };
    const [first, again] = await Promise.all([requestInvoice(deps, buyer, form), requestInvoice(deps, buyer, form)]);
    expect(again).toBe(first);
    const other = await paid();
    const race = () =>
      requestInvoice(deps, buyer, { ...form, orders: [{ number: other.number, amount: other.gross }], submission: newId() });
    const said = await Promise.all([faultOf(race()), faultOf(race())]);
    expect(said.sort()).toEqual(['none', 'orders.orders_already']);
    expect(await deps.db.read((q) => q.$count(invoicedOrder))).toBe(2);
  });

  it('is refused with a reason for what cannot be invoiced, and nothing is written', async () => {
    const { deps, buyer, other, paid, held, ask, giveBack, orderOf, title } = await invoicing();
    const own = await paid();
    const unpaid = await held();
    const invoiced = await paid();
    await ask([invoiced]);
    const elsewhere = await seedMarket(deps.db);
    const far = await paid();
    await deps.db.write((tx) => tx.update(orders).set({ centreId: elsewhere.centreId }).where(eq(orders.id, far.id)));
    const reduced = await paid();
    await giveBack(reduced.id, 1_000);
    const gone = await paid();
    await giveBack(gone.id, gone.gross);
    expect(await faultOf(ask([own, far]))).toBe('orders.orders_two_centres');
    expect(await faultOf(ask([own, unpaid]))).toBe('orders.orders_unpaid');
    expect(await faultOf(ask([own, invoiced]))).toBe('orders.orders_already');
    expect(await faultOf(ask([own, reduced]))).toBe('orders.orders_changed');
    expect(await faultOf(ask([{ ...gone, gross: 0 }]))).toBe('orders.orders_unpaid');
    expect(await faultOf(ask([own], other))).toBe('not_found');
    expect(await faultOf(ask([{ number: 'HJ-0000-0000', gross: 1 }]))).toBe('not_found');
    expect(await faultOf(ask([own], buyer, 'no-title'))).toBe('title.choose');
    expect(await faultOf(ask([own], buyer, await title(other)))).toBe('title.choose');
    expect(await deps.db.read((q) => q.$count(invoice))).toBe(1);
    // The part that stayed may be invoiced.
    const left = await orderOf(reduced.id);
    await ask([left]);
  });

  it('keeps the title as it was; a withdrawn or refused one frees its orders', async () => {
    const { deps, m, buyer, other, paid, ask, rowOf, title, letters, audited } = await invoicing();
    const order = await paid();
    const id = await title();
    const first = await ask([order], buyer, id);
    await saveTitle(deps, buyer, { ...TITLE, name: '改名后' }, { id, version: 1 });
    expect((await rowOf(first)).title.name).toBe(TITLE.name);
    expect(await faultOf(withdrawInvoice(deps, other, first))).toBe('not_found');
    await withdrawInvoice(deps, buyer, first);
    expect(await faultOf(withdrawInvoice(deps, buyer, first))).toBe('invoice_past');
    const second = await ask([order]);
    expect(await faultOf(refuseInvoice(deps, m.manager, second, ' '))).toBe('reason.required');
    await refuseInvoice(deps, m.manager, second, '税号与名称不符');
    expect(await rowOf(second)).toMatchObject({ state: 'refused', reason: '税号与名称不符' });
    await ask([order]);
    expect((await letters()).map(({ kind }) => kind)).toEqual([
      'invoice_requested',
      'invoice_withdrawn',
      'invoice_requested',
      'invoice_refused',
      'invoice_requested',
    ]);
    expect(await audited(second)).toEqual(['invoice.requested', 'invoice.refused']);
    await removeTitle(deps, buyer, { id, version: 2 });
    expect((await rowOf(first)).title.name).toBe(TITLE.name);
  });

  it('chosen before an order is paid is made when it is', async () => {
    const { deps, buyer, held, pay, title } = await invoicing();
    const [order, without] = [await held(), await held()];
    await chooseTitle(deps, buyer, { number: order.number, title: await title() });
    await chooseTitle(deps, buyer, { number: without.number, title: await title() });
    await chooseTitle(deps, buyer, { number: without.number, title: '' });
    expect(await deps.db.read((q) => q.$count(invoice))).toBe(0);
    await pay(order.id);
    await pay(without.id);
    const made = await deps.db.read((q) => q.select().from(invoice));
    expect(made).toMatchObject([
      { state: 'requested', amount: order.gross, title: { taxId: TITLE.taxId }, lines: [{ order: order.number }] },
    ]);
    expect(await deps.db.read((q) => q.$count(invoiceChoice))).toBe(0);
    expect(await faultOf(chooseTitle(deps, buyer, { number: order.number, title: '' }))).toBe('stale');
  });
});

describe('an invoice', () => {
  it('is issued with number, day and files, which both sides get and nobody else', async () => {
    const { deps, m, buyer, other, paid, ask, issue, rowOf, letters, audited } = await invoicing();
    const number = await ask([await paid()]);
    await issue(number, { invoiceNumber: NUMBER });
    const row = await rowOf(number);
    expect(row).toMatchObject({ state: 'issued', invoiceNumber: NUMBER, issuedOn: TODAY, files: [{ name: '发票.pdf' }] });
    const file = row.files[0]?.id ?? '';
    expect(await deps.db.read((q) => isFileUsed(q, file))).toBe(true);
    for (const who of [buyer, m.manager]) expect((await readInvoiceFile(deps, who, { number, file })).name).toBe('发票.pdf');
    for (const who of [other, { ...m.manager, organisationId: 'x' } satisfies Actor])
      expect(await faultOf(readInvoiceFile(deps, who, { number, file }))).toBe('not_found');
    expect((await letters()).filter(({ kind }) => kind === 'invoice_issued').map(({ to }) => to)).toContain(TITLE.email);
    expect(await audited(number)).toEqual(['invoice.requested', 'invoice.issued']);
  });

  it('is not taken with a number used twice, a day to come or another amount; the request waits on', async () => {
    const { deps, m, paid, ask, issue, rowOf } = await invoicing();
    const [one, two] = [await ask([await paid()]), await ask([await paid()])];
    await issue(one, { invoiceNumber: NUMBER });
    expect(await faultOf(issue(two, { invoiceNumber: NUMBER }))).toBe('invoiceNumber.number_taken');
    expect(await faultOf(issue(two, { issuedOn: '2026-11-24' }))).toBe('issuedOn.day_ahead');
    expect(await faultOf(issue(two, { amount: 1 }))).toBe('amount.amount_differs');
    expect(await faultOf(issue(one))).toBe('invoice_past');
    expect(await rowOf(two)).toMatchObject({ state: 'requested', invoiceNumber: null, files: [] });
    const three = await ask([await paid()]);
    const input = { invoiceNumber: '26322000000099999999', issuedOn: TODAY, files: [PDF] };
    const race = async (number: string) =>
      faultOf(issueInvoice(deps, m.manager, number, { ...input, amount: (await rowOf(number)).amount }));
    expect((await Promise.all([race(two), race(three)])).sort()).toEqual(['invoiceNumber.number_taken', 'none']);
  });

  it('is of what is left when a part was given back meanwhile; nothing of one that was given back whole', async () => {
    const { deps, paid, ask, issue, rowOf, lettersOf, giveBack, letters } = await invoicing();
    const [one, two] = [await paid(), await paid()];
    const number = await ask([one, two]);
    await giveBack(one.id, 10_600);
    await issue(number, { amount: one.gross + two.gross - 10_600 });
    const row = await rowOf(number);
    expect(row).toMatchObject({ state: 'issued', amount: one.gross + two.gross - 10_600, tax: one.vat + two.vat - 600 });
    expect(row.lines).toMatchObject([{ gross: one.gross - 10_600, net: one.net - 10_000 }, { gross: two.gross }]);
    expect(await lettersOf(number)).toEqual([]);
    const gone = await paid();
    const ended = await ask([gone]);
    await giveBack(gone.id, gone.gross);
    expect(await rowOf(ended)).toMatchObject({ state: 'withdrawn' });
    expect((await letters()).at(-1)).toMatchObject({ kind: 'invoice_withdrawn', facts: { refunded: true } });
    expect(await deps.db.read((q) => q.$count(invoicedOrder))).toBe(2);
  });

  it('issued outside before the refund was known is taken as it is, and a red letter is raised at once', async () => {
    const { paid, ask, issue, rowOf, lettersOf, giveBack } = await invoicing();
    const order = await paid();
    const number = await ask([order]);
    await giveBack(order.id, 10_600);
    await issue(number, { amount: order.gross });
    expect(await rowOf(number)).toMatchObject({ amount: order.gross, tax: order.vat });
    expect(await lettersOf(number)).toMatchObject([{ state: 'raised', reason: 'refund', amount: 10_600, tax: 600, invoiceUsed: false }]);
  });
});
