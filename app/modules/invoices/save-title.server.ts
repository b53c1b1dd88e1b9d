import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { isUniqueViolation } from '#db/errors.ts';
import type { Queries } from '#db/queries.ts';
import { invoiceTitle } from '#db/schema/invoices.ts';
import type { TitleInput } from './title-form.ts';

/** The title that is changed, as it was when the form was shown. */
type Shown = { id: string; version: number };

/**
 * Keeps a new title, or changes one. @returns its id
 * @throws Problem not_found, forbidden; stale for one a colleague has changed meanwhile; invoice_title_taken where the firm has one of this
 * kind under this tax id already
 */
export async function saveTitle(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: TitleInput,
  shown?: Shown,
): Promise<string> {
  requireRight(actor, 'invoice.ask');
  const save = async (tx: Queries) => {
    const now = clock();
    const id = shown ? await change(tx, actor.organisationId, input, shown, now) : await keep(tx, actor.organisationId, input, now);
    const data = { title: id, kind: input.kind, taxId: input.taxId };
    const action = shown ? 'invoice_title_changed' : 'invoice_title_kept';
    await audit(tx, { chain: `organisation:${actor.organisationId}`, actorId: actor.personId, action, data }, now);
    return id;
  };
  try {
    return await db.write(save);
  } catch (error) {
    // Two colleagues at once: each looked before the other had written.
    throw isUniqueViolation(error) ? new Problem('invoice_title_taken') : error;
  }
}

async function keep(tx: Queries, buyerId: string, input: TitleInput, now: number): Promise<string> {
  const [made] = await tx
    .insert(invoiceTitle)
    .values({ id: newId(), buyerId, ...input, createdAt: now, updatedAt: now })
    .onConflictDoNothing()
    .returning({ id: invoiceTitle.id });
  if (!made) throw new Problem('invoice_title_taken');
  return made.id;
}

async function change(tx: Queries, buyerId: string, input: TitleInput, { id, version }: Shown, now: number): Promise<string> {
  const own = await tx.select().from(invoiceTitle).where(eq(invoiceTitle.buyerId, buyerId));
  if (!own.some((title) => title.id === id)) throw new Problem('not_found');
  if (own.some((title) => title.id !== id && title.taxId === input.taxId && title.kind === input.kind))
    throw new Problem('invoice_title_taken');
  const [changed] = await tx
    .update(invoiceTitle)
    .set({ ...input, version: version + 1, updatedAt: now })
    .where(and(eq(invoiceTitle.id, id), eq(invoiceTitle.version, version)))
    .returning({ id: invoiceTitle.id });
  if (!changed) throw new Problem('stale');
  return changed.id;
}
