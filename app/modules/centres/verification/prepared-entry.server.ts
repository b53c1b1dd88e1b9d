/** The hidden entry an organisation prepares in, from its request for an entry of the directory until that is its own. */
import { and, eq } from 'drizzle-orm';
import { announce } from '#app/core/change-feed.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import type { Queries } from '#db/queries.ts';
import { centre, verificationRequest } from '#db/schema/centres.ts';

type Entry = typeof centre.$inferSelect;

const preparedBy = (organisationId: string) => and(eq(centre.organisationId, organisationId), eq(centre.preparing, true));

/** What was prepared for an entry that went elsewhere is kept, for the next one that is asked for. */
export async function prepareFor(tx: Queries, entry: Entry, organisationId: string, now: number): Promise<void> {
  const { nameZh, nameEn, cityZh, cityEn, addressZh, addressEn, introZh, introEn, timeZone, demonstration } = entry;
  const renamed = await tx.update(centre).set({ nameZh, nameEn }).where(preparedBy(organisationId)).returning({ id: centre.id });
  if (renamed.length > 0) return;
  const id = newId();
  const told = { nameZh, nameEn, cityZh, cityEn, addressZh, addressEn, introZh, introEn, timeZone, demonstration };
  await tx.insert(centre).values({ ...told, id, slug: `preparing-${id}`, organisationId, preparing: true, createdAt: now });
}

/** Whether the organisation's request for an entry waits to be judged. */
export async function isAskedFor(q: Queries, organisationId: string): Promise<boolean> {
  const waiting = await q
    .select({ id: verificationRequest.id })
    .from(verificationRequest)
    .where(and(eq(verificationRequest.organisationId, organisationId), eq(verificationRequest.state, 'waiting')))
    .limit(1);
  return waiting.length > 0;
}

/** All that was prepared becomes the entry's; its names stay those the operator has seen documents for. */
export async function takePrepared(
  { tx, tell, now }: { tx: Queries; tell: Deps['tell']; now: number },
  entry: Entry,
  organisationId: string,
): Promise<void> {
  const [prepared] = await tx.select().from(centre).where(preparedBy(organisationId));
  if (!prepared) return;
  await tell(tx, 'entryGiven', { from: prepared.id, to: entry.id }, now);
  const { cityZh, cityEn, addressZh, addressEn, introZh, introEn, phone } = prepared;
  await tx.update(centre).set({ cityZh, cityEn, addressZh, addressEn, introZh, introEn, phone }).where(eq(centre.id, entry.id));
  await tx.delete(centre).where(eq(centre.id, prepared.id));
  await announce(tx, 'centre', entry.id, now);
}
