/** The hidden entry an organisation prepares in, from its request for an entry of the directory until that is its own. */
import { and, desc, eq, ne } from 'drizzle-orm';
import { announce } from '#app/core/change-feed.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import type { Queries } from '#db/queries.ts';
import { centre, verificationRequest } from '#db/schema/centres.ts';

type Entry = typeof centre.$inferSelect;

const preparedBy = (organisationId: string) => and(eq(centre.organisationId, organisationId), eq(centre.preparing, true));

/** What an entry says of its place and itself, and what the organisation may write over; a place or a text is one in both languages. */
const TOLD = [
  ['cityZh', 'cityEn'],
  ['addressZh', 'addressEn'],
  ['introZh', 'introEn'],
] as const;

/**
 * What was prepared for an entry that went elsewhere is kept, for the next one that is asked for. What only repeats the entry that was asked
 * for before is not: the city and address of one centre would become those of another.
 */
export async function prepareFor(tx: Queries, entry: Entry, organisationId: string, now: number): Promise<void> {
  const { nameZh, nameEn, timeZone, demonstration } = entry;
  const facts = { nameZh, nameEn, timeZone, demonstration };
  const [prepared] = await tx.select().from(centre).where(preparedBy(organisationId));
  if (prepared) {
    const before = await askedBefore(tx, organisationId);
    const repeated = TOLD.filter((texts) => texts.every((name) => prepared[name] === before?.[name])).flat();
    await tx
      .update(centre)
      .set({ ...facts, ...pickOf(entry, repeated) })
      .where(eq(centre.id, prepared.id));
    return;
  }
  const id = newId();
  await tx
    .insert(centre)
    .values({ ...facts, ...pickOf(entry, TOLD.flat()), id, slug: `preparing-${id}`, organisationId, preparing: true, createdAt: now });
}

type Told = (typeof TOLD)[number][number];
const pickOf = (entry: Entry, names: readonly Told[]) => Object.fromEntries(names.map((name) => [name, entry[name]])) as Pick<Entry, Told>;

/** The entry the organisation asked for last, and did not get. */
async function askedBefore(tx: Queries, organisationId: string): Promise<Entry | undefined> {
  const [last] = await tx
    .select({ entry: centre })
    .from(verificationRequest)
    .innerJoin(centre, eq(centre.id, verificationRequest.centreId))
    .where(and(eq(verificationRequest.organisationId, organisationId), ne(verificationRequest.state, 'waiting')))
    .orderBy(desc(verificationRequest.createdAt), desc(verificationRequest.id))
    .limit(1);
  return last?.entry;
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
