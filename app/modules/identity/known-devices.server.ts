/**
 * Browsers that have signed in before. Each keeps a secret of its own in a cookie: nobody can make one up, so what is known by it has its
 * own allowance of tries, which strangers cannot use up.
 */
import { and, eq, lt, ne } from 'drizzle-orm';
import { cookieName, overTls, secretIn } from '#app/core/cookies.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId, newSecret } from '#app/core/ids.server.ts';
import type { Queries } from '#db/queries.ts';
import { knownDevice, person } from '#db/schema/identity.ts';
import { hashOfSecret } from './secrets.server.ts';

const COOKIE = 'device';
/** Browsers keep no cookie longer. */
const KEPT_DAYS = 400;
const DAY = 86_400_000;

export const deviceSecret = (settings: Deps['settings'], request: Request): string | undefined => secretIn(settings, request, COOKIE);

/** Whether somebody with this address has signed in by this browser before. */
export async function isKnownDevice(q: Queries, email: string, secret: string): Promise<boolean> {
  const rows = await q
    .select({ id: knownDevice.id })
    .from(knownDevice)
    .innerJoin(person, eq(person.id, knownDevice.personId))
    .where(and(eq(knownDevice.secretHash, hashOfSecret(secret)), eq(person.email, email)));
  return rows.length > 0;
}

/**
 * From now on this browser is known for this person.
 * @returns the Set-Cookie header, and whether it was known before
 */
export async function rememberDevice(
  tx: Queries,
  { settings, clock }: Pick<Deps, 'settings' | 'clock'>,
  personId: string,
  given: string | undefined,
): Promise<{ known: boolean; deviceCookie: string }> {
  const now = clock();
  const before = given
    ? await tx
        .select()
        .from(knownDevice)
        .where(eq(knownDevice.secretHash, hashOfSecret(given)))
    : [];
  // Several people may use one browser. A secret we never gave out is not taken over.
  const secret = given && before.length > 0 ? given : newSecret();
  const own = before.find((row) => row.personId === personId);
  if (own) await tx.update(knownDevice).set({ lastUsedAt: now }).where(eq(knownDevice.id, own.id));
  else
    await tx
      .insert(knownDevice)
      .values({ id: newId(), personId, secretHash: hashOfSecret(secret), createdAt: now, lastUsedAt: now })
      .onConflictDoNothing();
  const parts = [`${cookieName(settings, COOKIE)}=${secret}`, 'HttpOnly', `Max-Age=${KEPT_DAYS * 86_400}`, 'Path=/', 'SameSite=Lax'];
  return { known: own !== undefined, deviceCookie: [...parts, ...(overTls(settings) ? ['Secure'] : [])].join('; ') };
}

/** @param keep the browser that stays known */
export const forgetDevices = (tx: Queries, personId: string, keep?: string) =>
  tx.delete(knownDevice).where(and(eq(knownDevice.personId, personId), keep ? ne(knownDevice.secretHash, hashOfSecret(keep)) : undefined));

export const forgetOldDevices = (tx: Queries, now: number) =>
  tx.delete(knownDevice).where(lt(knownDevice.lastUsedAt, now - KEPT_DAYS * DAY));
