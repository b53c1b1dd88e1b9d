/** Invoices of the demonstration: one issued and used whose red letter waits for the buyer, one issued, one refused, one to be issued. */
import { and, asc, eq, inArray, like, or } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import type { CheckedFile, FileStore } from '#app/core/files.server.ts';
import { dayIn } from '#app/modules/invoices/invoice-zone.server.ts';
import { issueInvoice } from '#app/modules/invoices/issue-invoice.server.ts';
import { markUsed } from '#app/modules/invoices/mark-used.server.ts';
import { raiseForMistake } from '#app/modules/invoices/raise-red-letter.server.ts';
import { refuseInvoice } from '#app/modules/invoices/refuse-invoice.server.ts';
import { requestInvoice } from '#app/modules/invoices/request-invoice.server.ts';
import { saveTaxClass } from '#app/modules/invoices/save-tax-class.server.ts';
import { saveTaxRate } from '#app/modules/invoices/save-tax-rate.server.ts';
import { saveTitle } from '#app/modules/invoices/save-title.server.ts';
import { checkCharacter } from '#app/modules/invoices/tax-id.ts';
import { DEFAULT_ZONE } from '#app/modules/scheduling/local-day.ts';
import { centre } from '#db/schema/centres.ts';
import { outbox } from '#db/schema/core.ts';
import { orders } from '#db/schema/orders.ts';
import { paper } from './paper.ts';
import { organisationId, personId } from './people.ts';

const SELLER: Actor = {
  personId: personId('gusu@demo.hengji.example'),
  organisationId: organisationId('gusu-precision'),
  organisationKind: 'centre',
  role: 'manager',
};
const BUYER: Actor = {
  personId: personId('lingyu@demo.hengji.example'),
  organisationId: organisationId('demo-lingyu-gauges'),
  organisationKind: 'sme',
  role: 'owner',
};

/** A code that belongs to nobody: its first digit names no kind of authority. */
const BODY = '00000000000000001';
const TITLE = {
  name: '示范 · 苏州灵羽量具有限公司',
  taxId: BODY + checkCharacter(BODY),
  email: 'lingyu@demo.hengji.example',
  address: '',
  phone: '',
  bank: '',
  account: '',
};

type Needs = Pick<Deps, 'db' | 'clock'> & { files: FileStore };

/** Put down once, after the rest of the demonstration: each step is taken as anybody takes it. Nobody is written to about what is composed. */
export async function seedInvoices(deps: Needs): Promise<void> {
  await saveTaxRate(deps, SELLER, { rate: '6', validFrom: '2020-01-01' });
  await saveTaxClass(deps, SELLER, { family: '', code: '3040601000000000000', name: '鉴证咨询服务', item: '校准费' });
  const special = await saveTitle(deps, BUYER, { ...TITLE, kind: 'special' });
  await saveTitle(deps, BUYER, { ...TITLE, kind: 'ordinary' });
  const paid = await paidOrders(deps);
  const ask = (from: number, to: number) =>
    requestInvoice(deps, BUYER, {
      title: special,
      orders: paid.slice(from, to).map(({ number, gross }) => ({ number, amount: gross })),
      note: '',
      submission: `demonstration ${from}`,
    });
  if (paid.length < 6) return;
  const [wrong, refused, good] = [await ask(0, 1), await ask(1, 2), await ask(2, 4)];
  await issue(deps, wrong, 1, paid.slice(0, 1));
  await markUsed(deps, BUYER, wrong);
  await raiseForMistake(deps, SELLER, wrong);
  await refuseInvoice(deps, SELLER, refused, '税号与单位名称不符，请核对后重新申请。');
  await issue(deps, good, 2, paid.slice(2, 4));
  await ask(4, 6);
  await deps.db.write((tx) =>
    tx.delete(outbox).where(and(eq(outbox.topic, 'mail'), or(like(outbox.dedupeKey, 'invoice%'), like(outbox.dedupeKey, 'red%')))),
  );
}

/** What the firm has paid at the centre, the oldest first. */
const paidOrders = ({ db }: Needs) =>
  db.read((q) =>
    q
      .select({ number: orders.number, gross: orders.gross })
      .from(orders)
      .innerJoin(centre, eq(centre.id, orders.centreId))
      .where(
        and(
          eq(orders.buyerId, BUYER.organisationId),
          eq(centre.organisationId, SELLER.organisationId),
          eq(orders.payment, 'paid'),
          inArray(orders.progress, ['reported', 'closed']),
        ),
      )
      .orderBy(asc(orders.createdAt), asc(orders.id))
      .limit(6),
  );

async function issue(deps: Needs, number: string, serial: number, billed: readonly { gross: number }[]): Promise<void> {
  const invoiceNumber = `26000000000000${String(serial).padStart(6, '0')}`;
  const amount = billed.reduce((sum, { gross }) => sum + gross, 0);
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<EInvoice><Header><EIid>${invoiceNumber}</EIid></Header><!-- 示范 --></EInvoice>\n`;
  const files: CheckedFile[] = [
    { name: `示范发票 ${invoiceNumber}.xml`, type: 'application/xml', bytes: Buffer.from(xml) },
    { name: `示范发票 ${invoiceNumber}.pdf`, type: 'application/pdf', bytes: paper(`Demo invoice ${invoiceNumber}, fictitious`) },
  ];
  await issueInvoice(deps, SELLER, number, { invoiceNumber, issuedOn: dayIn(DEFAULT_ZONE, deps.clock()), amount, files });
}
