import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { countAll, type Queries } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';
import { organisation } from '#db/schema/identity.ts';
import { type InvoiceState, invoice, redLetter } from '#db/schema/invoices.ts';
import { beyond, pageOf } from './pages.ts';
import { waitingLetters } from './waiting-letters.ts';

export const INVOICE_TABS = ['requested', 'red', 'issued', 'ended'] as const;
export type InvoiceTab = (typeof INVOICE_TABS)[number];

const STATES: Record<Exclude<InvoiceTab, 'red'>, readonly InvoiceState[]> = {
  requested: ['requested'],
  issued: ['issued'],
  ended: ['refused', 'withdrawn', 'reversed'],
};
const PER_PAGE = 25;

const hasWaiting = sql`exists (select 1 from red_letter r where r.invoice_id = ${invoice.id} and r.state in ('raised', 'confirmed'))`;
const inTab = (tab: InvoiceTab): SQL | undefined => (tab === 'red' ? hasWaiting : inArray(invoice.state, [...STATES[tab]]));

/**
 * The invoices of the actor's centre: what waits to be issued the oldest first, all else the newest first.
 * @throws Problem not_found, forbidden
 */
export async function listCentreInvoices(
  { db }: Pick<Deps, 'db'>,
  actor: Actor,
  { tab, cursor = '' }: { tab: InvoiceTab; cursor?: string },
) {
  requireRight(actor, 'invoice.issue');
  const rising = tab === 'requested';
  return db.read(async (q) => {
    const own = await q
      .select({ id: centre.id, timeZone: centre.timeZone })
      .from(centre)
      .where(eq(centre.organisationId, actor.organisationId));
    const tenant = inArray(
      invoice.centreId,
      own.map(({ id }) => id),
    );
    const rows = await q
      .select({
        id: invoice.id,
        number: invoice.number,
        state: invoice.state,
        titleName: sql<string>`${invoice.title} ->> 'name'`,
        kind: sql<'ordinary' | 'special'>`${invoice.title} ->> 'kind'`,
        amount: invoice.amount,
        invoiceNumber: invoice.invoiceNumber,
        issuedOn: invoice.issuedOn,
        createdAt: invoice.createdAt,
        buyer: { nameZh: organisation.nameZh, nameEn: organisation.nameEn },
        letters: waitingLetters(),
      })
      .from(invoice)
      .innerJoin(organisation, eq(organisation.id, invoice.buyerId))
      .where(and(tenant, inTab(tab), beyond(cursor, invoice.createdAt, invoice.id, rising)))
      .orderBy(rising ? asc(invoice.createdAt) : desc(invoice.createdAt), rising ? asc(invoice.id) : desc(invoice.id))
      .limit(PER_PAGE + 1);
    const { shown, nextCursor } = pageOf(rows, PER_PAGE, ({ createdAt }) => createdAt);
    return {
      invoices: shown,
      counts: await countsOf(q, tenant),
      timeZone: own[0]?.timeZone ?? 'Asia/Shanghai',
      nextCursor,
    };
  });
}

async function countsOf(q: Queries, tenant: SQL): Promise<Record<InvoiceTab, number>> {
  const states = await q.select({ state: invoice.state, count: countAll() }).from(invoice).where(tenant).groupBy(invoice.state);
  const [red] = await q
    .select({ count: sql<number>`count(distinct ${redLetter.invoiceId})`.mapWith(Number) })
    .from(redLetter)
    .innerJoin(invoice, eq(invoice.id, redLetter.invoiceId))
    .where(and(tenant, inArray(redLetter.state, ['raised', 'confirmed'])));
  const of = (tab: Exclude<InvoiceTab, 'red'>) =>
    states.filter(({ state }) => STATES[tab].includes(state)).reduce((sum, { count }) => sum + count, 0);
  return { requested: of('requested'), red: red?.count ?? 0, issued: of('issued'), ended: of('ended') };
}
