/**
 * One-time links sent by mail; each works once, until it expires. Of those that reset a password only the newest does. Every link that
 * confirms an address does until one has: whoever signs up again with somebody's address must not take that somebody's link away.
 */
import { and, eq, gt, isNull, lt } from 'drizzle-orm';
import { newId, newSecret } from '#app/core/ids.server.ts';
import { countAll, type Queries } from '#db/queries.ts';
import { emailToken, person } from '#db/schema/identity.ts';
import { hashOfSecret } from './secrets.server.ts';

const HOUR = 3_600_000;
/** A reset opens the account: an hour. A confirmation may wait for the next working day. */
export const LASTS_MS = { reset: HOUR, verify: 48 * HOUR } as const;
type Kind = keyof typeof LASTS_MS;

/** However many places ask: nobody's mailbox is flooded through us. */
const MOST_MAILS_PER_HOUR = 10;

/** @returns the link's secret, or nothing when this person has been sent enough mail for now */
export async function issueToken(
  tx: Queries,
  personId: string,
  kind: Kind,
  now: number,
  data: Record<string, string> = {},
): Promise<string | undefined> {
  const [sent] = await tx
    .select({ count: countAll() })
    .from(emailToken)
    .where(and(eq(emailToken.personId, personId), eq(emailToken.kind, kind), gt(emailToken.createdAt, now - HOUR)));
  if ((sent?.count ?? 0) >= MOST_MAILS_PER_HOUR) return undefined;
  if (kind === 'reset') await endTokens(tx, personId, kind, now);
  const secret = newSecret();
  await tx.insert(emailToken).values({
    id: newId(),
    personId,
    kind,
    tokenHash: hashOfSecret(secret),
    expiresAt: now + LASTS_MS[kind],
    createdAt: now,
    data,
  });
  return secret;
}

const usable = (secret: string, kind: Kind, now: number) =>
  and(eq(emailToken.tokenHash, hashOfSecret(secret)), eq(emailToken.kind, kind), isNull(emailToken.usedAt), gt(emailToken.expiresAt, now));

/** Whose link it is, without using it up: mail scanners follow links too. */
export async function tokenHolder(q: Queries, secret: string, kind: Kind, now: number) {
  const [row] = await q
    .select({ person })
    .from(emailToken)
    .innerJoin(person, eq(person.id, emailToken.personId))
    .where(usable(secret, kind, now));
  return row?.person;
}

/** @returns the person, to the first who asks; nothing to everybody after */
export async function takeToken(tx: Queries, secret: string, kind: Kind, now: number): Promise<string | undefined> {
  const [row] = await tx
    .update(emailToken)
    .set({ usedAt: now })
    .where(usable(secret, kind, now))
    .returning({ personId: emailToken.personId });
  return row?.personId;
}

/** Links already sent stop working. */
export async function endTokens(tx: Queries, personId: string, kind: Kind, now: number): Promise<void> {
  await tx
    .update(emailToken)
    .set({ usedAt: now })
    .where(and(eq(emailToken.personId, personId), eq(emailToken.kind, kind), isNull(emailToken.usedAt)));
}

export const forgetOldTokens = (tx: Queries, now: number) => tx.delete(emailToken).where(lt(emailToken.expiresAt, now - 24 * HOUR));
