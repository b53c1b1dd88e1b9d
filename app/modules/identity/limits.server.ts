import { createHash } from 'node:crypto';
import { and, eq, gt, lt, sql } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import { rateLimit } from '#db/schema/identity.ts';
import { isKnownDevice } from './known-devices.server.ts';
import { placeOf } from './network.ts';

/** Where a request comes from, as the web server saw it; `device` is the secret of a browser that has signed in before. */
export type Caller = { address: string; userAgent: string; device?: string | undefined };

/** A thread has no log of its own. */
type Braked = Pick<Deps, 'db' | 'clock'> & Partial<Pick<Deps, 'log'>>;
type Limit = { name: string; most: number; perMs: number };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Wrong passwords for one address from one place: enough for a bad memory, 960 guesses a day at most. */
const SIGN_IN_FOR_ADDRESS: Limit = { name: 'sign-in-for', most: 10, perMs: 15 * MINUTE };
/** Wrong passwords from one place for anybody: a whole office may sit behind it, a list of stolen passwords may not. */
const SIGN_IN_FROM_PLACE: Limit = { name: 'sign-in-from', most: 100, perMs: 15 * MINUTE };
/**
 * Wrong passwords for one address from everywhere: guesses spread over many places. Strangers can use it up, and lock nobody out: a browser
 * the owner has signed in by has an allowance of its own, and whoever resets the password by mail has such a browser.
 */
const SIGN_IN_FOR_ACCOUNT: Limit = { name: 'sign-in-account', most: 60, perMs: HOUR };
/** Wrong passwords for one address from a browser that has signed in to it before. */
const SIGN_IN_BY_DEVICE: Limit = { name: 'sign-in-device', most: 10, perMs: 15 * MINUTE };
/** Wrong current passwords of somebody signed in, who wants to change it. */
const PASSWORD_OF: Limit = { name: 'password-of', most: 10, perMs: 15 * MINUTE };
/** Wrong codes of a second factor, by somebody who knew the password: three count at a time, so 0.15 % of a guess in a day. */
const CODE_OF: Limit = { name: 'code-of', most: 5, perMs: 15 * MINUTE };
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
/** Messages a person may send: faster than anybody types, slower than a script. */
const MESSAGES: Limit = { name: 'messages', most: 60, perMs: 15 * MINUTE };
/** Conversations about services one firm may begin: asking every centre of a city is work, of the country a mailing. */
const CONVERSATIONS: Limit = { name: 'conversations', most: 40, perMs: 24 * HOUR };
/** Centres one firm may ask for a quote: the same. */
const ENQUIRIES: Limit = { name: 'enquiries', most: 40, perMs: 24 * HOUR };

type Counted = { limit: Limit; subject: string };
/** What has been counted for a try, to be taken back when it turns out right. */
export type Tries = readonly Counted[];

const strangersLimits = (email: string, from: Caller): Counted[] => [
  { limit: SIGN_IN_FOR_ADDRESS, subject: `${email}|${placeOf(from.address)}` },
  { limit: SIGN_IN_FROM_PLACE, subject: placeOf(from.address) },
  { limit: SIGN_IN_FOR_ACCOUNT, subject: email },
];
const deviceLimits = (email: string, device: string): Counted[] => [{ limit: SIGN_IN_BY_DEVICE, subject: `${email}|${device}` }];
const mailLimits = (email: string, from: Caller): Counted[] => [
  { limit: MAIL_FOR_ADDRESS, subject: `${email}|${placeOf(from.address)}` },
  { limit: MAIL_FROM_PLACE, subject: placeOf(from.address) },
];

/** Whom a limit is about is kept as a hash: the table is no list of addresses. */
const keyOf = ({ limit, subject }: Counted) => `${limit.name}:${createHash('sha256').update(subject).digest('base64url').slice(0, 22)}`;
const windowOf = (limit: Limit, now: number) => Math.floor(now / limit.perMs) * limit.perMs;

/** Counts before the deed, so that tries made at the same time are all counted. @throws Problem too_many_tries with `minutes` (and `seconds`) to wait */
async function countTry({ db, clock, log }: Braked, counted: Counted[]): Promise<Tries> {
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
  return counted;
}

/** A browser the account knows counts for itself alone; see SIGN_IN_FOR_ACCOUNT. @throws Problem too_many_tries */
export async function countSignIn(deps: Braked, email: string, from: Caller): Promise<Tries> {
  const { device } = from;
  const known = device !== undefined && (await deps.db.read((q) => isKnownDevice(q, email, device)));
  return countTry(deps, known ? deviceLimits(email, device) : strangersLimits(email, from));
}
export const countPasswordOf = (deps: Braked, personId: string) => countTry(deps, [{ limit: PASSWORD_OF, subject: personId }]);
export const countCode = (deps: Braked, personId: string) => countTry(deps, [{ limit: CODE_OF, subject: personId }]);
export const countMailRequest = (deps: Braked, email: string, from: Caller) => countTry(deps, mailLimits(email, from));
export const countInvitation = (deps: Braked, organisationId: string) => countTry(deps, [{ limit: INVITATIONS, subject: organisationId }]);

export const countDemand = (deps: Braked, personId: string) => countTry(deps, [{ limit: DEMANDS, subject: personId }]);
export const countImport = (deps: Braked, organisationId: string) => countTry(deps, [{ limit: IMPORTS, subject: organisationId }]);
export const countMessage = (deps: Braked, personId: string) => countTry(deps, [{ limit: MESSAGES, subject: personId }]);
export const countConversation = (deps: Braked, organisationId: string) =>
  countTry(deps, [{ limit: CONVERSATIONS, subject: organisationId }]);

export const countEnquiry = (deps: Braked, organisationId: string) => countTry(deps, [{ limit: ENQUIRIES, subject: organisationId }]);

/** Tries that turned out right do not count: only guesses use a limit up. */
export async function forgive(tx: Queries, tries: Tries, now: number): Promise<void> {
  for (const one of tries)
    await tx
      .update(rateLimit)
      .set({ count: sql`${rateLimit.count} - 1` })
      .where(and(eq(rateLimit.key, keyOf(one)), eq(rateLimit.windowStart, windowOf(one.limit, now)), gt(rateLimit.count, 0)));
}

/** No window is longer than a day. */
export const forgetOldWindows = (tx: Queries, now: number) => tx.delete(rateLimit).where(lt(rateLimit.windowStart, now - 24 * HOUR));
