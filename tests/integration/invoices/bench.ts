/** A market whose orders are paid, invoiced and given back. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc, eq, like } from 'drizzle-orm';
import { onTestFinished } from 'vitest';
import type { Actor } from '#app/core/actor.ts';
import { folderStore } from '#app/core/files.server.ts';
import { newId } from '#app/core/ids.server.ts';
import type { Mail } from '#app/core/mail.server.ts';
import { issueInvoice } from '#app/modules/invoices/issue-invoice.server.ts';
import { listTitles } from '#app/modules/invoices/list-titles.server.ts';
import { requestInvoice } from '#app/modules/invoices/request-invoice.server.ts';
import { saveTitle } from '#app/modules/invoices/save-title.server.ts';
import type { TitleInput } from '#app/modules/invoices/title-form.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { recordRefund } from '#app/modules/orders/record-refund.server.ts';
import { auditLog, outbox } from '#db/schema/core.ts';
import { invoice, redLetter } from '#db/schema/invoices.ts';
import { orders } from '#db/schema/orders.ts';
import { formFor, type MarketOptions } from '#tests/support/market.ts';
import { market, NINE } from '../orders/life-market.ts';

export const TITLE: TitleInput = {
  kind: 'special',
  name: '苏州示例机械有限公司',
  taxId: '11000000000000000U',
  email: 'cw@example.test',
  address: '',
  phone: '',
  bank: '',
  account: '',
};
export const PDF = { name: '发票.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.7 发票') };
export const NUMBER = '26322000000012345678';
export const TODAY = '2026-11-23';

/** An invoice's number, each another. */
let last = 0;
const nextNumber = () => `2632200000${String(++last).padStart(10, '0')}`;

export async function invoicing(options: MarketOptions = {}) {
  const all = await market({ pools: [20], buyers: 3, ...options });
  const { m, buyer } = all;
  const folder = mkdtempSync(join(tmpdir(), 'hengji-invoices-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const deps = { ...all.deps, files: folderStore(folder) };
  const orderOf = async (id: string) => {
    const [row] = await deps.db.read((q) => q.select().from(orders).where(eq(orders.id, id)));
    if (!row) throw new Error('no order');
    return row;
  };
  const held = async (who: Actor = buyer, changes: Parameters<typeof formFor>[2] = {}) => {
    const placed = await holdSlot(deps, who, formFor(m.service, NINE, changes));
    return orderOf(placed.id);
  };
  const paid = async (who: Actor = buyer, changes: Parameters<typeof formFor>[2] = {}) => {
    const { id } = await held(who, changes);
    await all.pay(id);
    return orderOf(id);
  };
  /** The firm's title, made when it has none. */
  const title = async (who: Actor = buyer) => (await listTitles(deps, who))[0]?.id ?? (await saveTitle(deps, who, TITLE));
  const ask = async (of: { number: string; gross: number; refunded?: number }[], who: Actor = buyer, titleId?: string) =>
    requestInvoice(deps, who, {
      title: titleId ?? (await title(who)),
      orders: of.map(({ number, gross, refunded = 0 }) => ({ number, amount: gross - refunded })),
      note: '',
      submission: newId(),
    });
  const rowOf = async (number: string) => {
    const [row] = await deps.db.read((q) => q.select().from(invoice).where(eq(invoice.number, number)));
    if (!row) throw new Error('no invoice');
    return row;
  };
  const lettersOf = async (number: string) => {
    const { id } = await rowOf(number);
    return deps.db.read((q) =>
      q.select().from(redLetter).where(eq(redLetter.invoiceId, id)).orderBy(asc(redLetter.raisedAt), asc(redLetter.id)),
    );
  };
  const issue = async (number: string, changes: Partial<Parameters<typeof issueInvoice>[3]> = {}) =>
    issueInvoice(deps, m.manager, number, {
      invoiceNumber: nextNumber(),
      issuedOn: TODAY,
      amount: (await rowOf(number)).amount,
      files: [PDF],
      ...changes,
    });
  const giveBack = (orderId: string, amount: number, refundId = newId()) =>
    deps.db.write(async (tx) => {
      await recordRefund(tx, { orderId, refundId, amount, now: deps.clock() });
      await deps.tell(tx, 'orderRefunded', { orderId, refundId, amount }, deps.clock());
    });
  const letters = async () =>
    (await deps.db.read((q) => q.select().from(outbox).where(eq(outbox.topic, 'mail')).orderBy(asc(outbox.createdAt), asc(outbox.id))))
      .map(({ payload }) => payload as unknown as Mail)
      .filter(({ kind }) => kind.startsWith('invoice_') || kind.startsWith('red_letter_'));
  const audited = async (number: string) => {
    const { id } = await rowOf(number);
    const rows = await deps.db.read((q) =>
      q
        .select()
        .from(auditLog)
        .where(like(auditLog.chain, `invoice:${id}`))
        .orderBy(asc(auditLog.position)),
    );
    return rows.map(({ action }) => action);
  };
  return { ...all, deps, orderOf, held, paid, title, ask, rowOf, lettersOf, issue, giveBack, letters, audited, nextNumber };
}

/** What a form was refused for: `field.reason`, or the problem's code. */
export const faultOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: { code?: string; facts?: { field?: string; reason?: string } }) =>
      error.facts?.field ? `${error.facts.field}.${error.facts.reason}` : (error.code ?? String(error)),
  );
