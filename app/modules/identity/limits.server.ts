import { createHash } from 'node:crypto';
import { and, eq, gt, lt, sql } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import { rateLimit } from '#db/schema/core.ts';

/** Where a request comes from, as the web server saw it. */
export type Caller = { address: string; userAgent: string };

/** A thread has no log of its own. */
type Braked = Pick<Deps, 'db' | 'clock'> & Partial<Pick<Deps, 'log'>>;
type Limit = { name: string; most: number; perMs: number };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Wrong passwords for one address from one place: enough for a bad memory, 960 guesses a day at most. */
const SIGN_IN_FOR_ADDRESS: Limit = { name: 'sign-in-for', most: 10, perMs: 15 * MINUTE };
/** Wrong passwords from one place for anybody: a whole office may sit behind it, a list of stolen passwords may not. */
const SIGN_IN_FROM_PLACE: Limit = { name: 'sign-in-from', most: 100, perMs: 15 * MINUTE };
/** Requests that send mail to one address from one place. */
const MAIL_FOR_ADDRESS: Limit = { name: 'mail-for', most: 5, perMs: HOUR };
/** Requests that send mail from one place, whatever the address: a classroom may sign up together. */
const MAIL_FROM_PLACE: Limit = { name: 'mail-from', most: 60, perMs: HOUR };
/** Invitations one organisation may send: more than the staff of any centre, less than a mailing. */
const INVITATIONS: Limit = { name: 'invitations', most: 50, perMs: 24 * HOUR };

/** Needs a person may leave to wait: each may send a mail, at once when it is met already. */
const DEMANDS: Limit = { name: 'demands', most: 40, perMs: 24 * HOUR };
/** Files of a scope one organisation may bring: each is kept for a week. */
const IMPORTS: Limit = { name: 'imports', most: 100, perMs: 24 * HOUR };

/** One subscriber: an IPv4 address, or the /64 an IPv6 address lies in (a provider hands each customer a whole /64). */
export function placeOf(address: string): string {
  const bare = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!bare.includes(':')) return bare;
  const [head = '', tail] = bare.split('::');
  const groups = head.split(':').filter(Boolean);
  if (tail !== undefined) while (groups.length < 8 - tail.split(':').filter(Boolean).length) groups.push('0');
  return groups.slice(0, 4).join(':');
}

type Counted = { limit: Limit; subject: string };
const signInLimits = (email: string, from: Caller): Counted[] => [
  { limit: SIGN_IN_FOR_ADDRESS, subject: `${email}|${placeOf(from.address)}` },
  { limit: SIGN_IN_FROM_PLACE, subject: placeOf(from.address) },
];
const mailLimits = (email: string, from: Caller): Counted[] => [
  { limit: MAIL_FOR_ADDRESS, subject: `${email}|${placeOf(from.address)}` },
  { limit: MAIL_FROM_PLACE, subject: placeOf(from.address) },
];

/** Whom a limit is about is kept as a hash: the table is no list of addresses. */
const keyOf = ({ limit, subject }: Counted) => `${limit.name}:${createHash('sha256').update(subject).digest('base64url').slice(0, 22)}`;
const windowOf = (limit: Limit, now: number) => Math.floor(now / limit.perMs) * limit.perMs;

/** Counts before the deed, so that tries made at the same time are all counted. @throws Problem too_many_tries with `minutes` (and `seconds`) to wait */
async function countTry({ db, clock, log }: Braked, counted: Counted[]): Promise<void> {
  const now = clock();
  const waits = await db.write(async (tx) => {
    const over: number[] = [];
    for (const one of counted) {
      const windowStart = windowOf(one.limit, now);
      const [row] = await tx
        .insert(rateLimit)
        .values({ key: keyOf(one), windowStart, count: 1 })
        .onConflictDoUpdate({ target: [rateLimit.key, rateLimit.windowStart], set: { count: sql`${rateLimit.count} + 1` } })
        .returning({ count: rateLimit.count });
      if ((row?.count ?? 0) > one.limit.most) over.push(windowStart + one.limit.perMs - now);
    }
    return over;
  });
  if (waits.length > 0) {
    const wait = Math.max(...waits);
    log?.warn({ event: 'brake', limits: counted.map(({ limit }) => limit.name) }, 'a brake was hit');
    throw new Problem('too_many_tries', { minutes: Math.ceil(wait / MINUTE), seconds: Math.ceil(wait / 1000) });
  }
}

export const countSignIn = (deps: Braked, email: string, from: Caller) => countTry(deps, signInLimits(email, from));
export const countMailRequest = (deps: Braked, email: string, from: Caller) => countTry(deps, mailLimits(email, from));
export const countInvitation = (deps: Braked, organisationId: string) => countTry(deps, [{ limit: INVITATIONS, subject: organisationId }]);

export const countDemand = (deps: Braked, personId: string) => countTry(deps, [{ limit: DEMANDS, subject: personId }]);
export const countImport = (deps: Braked, organisationId: string) => countTry(deps, [{ limit: IMPORTS, subject: organisationId }]);

/** A try that turned out right does not count: only guesses use the limit up. */
export async function forgiveSignIn(tx: Queries, email: string, from: Caller, now: number): Promise<void> {
  for (const one of signInLimits(email, from))
    await tx
      .update(rateLimit)
      .set({ count: sql`${rateLimit.count} - 1` })
      .where(and(eq(rateLimit.key, keyOf(one)), eq(rateLimit.windowStart, windowOf(one.limit, now)), gt(rateLimit.count, 0)));
}

/** No window is longer than a day. */
export const forgetOldWindows = (tx: Queries, now: number) => tx.delete(rateLimit).where(lt(rateLimit.windowStart, now - 24 * HOUR));
