import { eq } from 'drizzle-orm';
import { queueMail } from '#app/core/mail.server.ts';
import { operatorsOf } from '#app/modules/identity/operators.server.ts';
import type { Queries } from '#db/queries.ts';
import { accreditation, centre } from '#db/schema/centres.ts';
import { waits } from './check-rules.ts';

type Stated = Pick<typeof accreditation.$inferSelect, 'id' | 'revision' | 'kind' | 'number' | 'checkState' | 'evidenceId' | 'validUntil'>;

/** Operators are written to, once for each state of an accreditation that waits to be checked. Of a hidden entry they are told later. */
export async function tellOperators(tx: Queries, centreId: string, stated: Stated, now: number): Promise<void> {
  if (!waits(stated, now)) return;
  const { id, revision, kind, number } = stated;
  const { nameZh: zh, nameEn: en, preparing } = centre;
  const [of] = await tx.select({ zh, en, preparing }).from(centre).where(eq(centre.id, centreId));
  // It is looked at once it is known whose it is.
  if (of?.preparing) return;
  const facts = {
    kind,
    number,
    again: revision > 1,
    centreZh: of?.zh ?? '',
    centreEn: of?.en ?? '',
    link: `/operator/accreditations/${id}`,
  };
  for (const to of await operatorsOf(tx)) {
    const dedupeKey = `accreditation_waiting:${id}:${revision}:${to.id}`;
    await queueMail(tx, { kind: 'accreditation_waiting', to: to.email, locale: to.locale, facts, dedupeKey }, now);
  }
}

/** What was stated while the entry was hidden waits from now on: the entry has become its organisation's own. */
export async function tellOfPrepared(tx: Queries, centreId: string, now: number): Promise<void> {
  const held = await tx.select().from(accreditation).where(eq(accreditation.centreId, centreId));
  for (const stated of held) await tellOperators(tx, centreId, stated, now);
}
