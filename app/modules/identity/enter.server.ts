import { eq, lt } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { queueMail } from '#app/core/mail.server.ts';
import type { Queries } from '#db/queries.ts';
import { person, type SignInWay, signInRecord } from '#db/schema/identity.ts';
import { deviceOf } from './device.ts';
import { rememberDevice } from './known-devices.server.ts';
import type { Caller } from './limits.server.ts';
import { networkOf } from './network.ts';
import { LONGEST_AGENT, startSession } from './sessions.server.ts';

/** The Set-Cookie headers of somebody who has just signed in: their session, and the browser known from now on. */
export type Entered = { cookie: string; deviceCookie: string };

/**
 * Whoever has shown who they are is let in: the session begins, the sign-in is put down, and a browser not seen before is told to the
 * account's owner by mail.
 * @param organisationId the one acted for at first; the oldest membership's when left out
 */
export async function enter(
  tx: Queries,
  deps: Pick<Deps, 'db' | 'clock' | 'settings'>,
  personId: string,
  from: Caller,
  { way, organisationId }: { way: SignInWay; organisationId?: string },
): Promise<Entered> {
  const now = deps.clock();
  const { known, deviceCookie } = await rememberDevice(tx, deps, personId, from.device);
  const [earlier] = await tx.select({ id: signInRecord.id }).from(signInRecord).where(eq(signInRecord.personId, personId)).limit(1);
  const userAgent = from.userAgent.slice(0, LONGEST_AGENT);
  const network = networkOf(from.address);
  await tx.insert(signInRecord).values({ id: newId(), personId, at: now, way, userAgent, network, newDevice: !known });
  // Nobody needs a letter about the account they have just made.
  if (!known && earlier) await mailNewDevice(tx, personId, { userAgent, network, at: now });
  return { cookie: await startSession(tx, deps, personId, from, organisationId), deviceCookie };
}

async function mailNewDevice(
  tx: Queries,
  personId: string,
  { userAgent, network, at }: { userAgent: string; network: string; at: number },
) {
  const [owner] = await tx.select().from(person).where(eq(person.id, personId));
  if (!owner) return;
  const { browser = '', system = '' } = deviceOf(userAgent) ?? {};
  const facts = { name: owner.name, browser, system, network, at, link: '/account', resetLink: '/forgot' };
  await queueMail(tx, { kind: 'new_device', to: owner.email, locale: owner.locale, facts }, at);
}

/** Half a year: longer than anybody looks back, no longer than needed. */
const KEPT_MS = 180 * 86_400_000;
export const forgetOldSignIns = (tx: Queries, now: number) => tx.delete(signInRecord).where(lt(signInRecord.at, now - KEPT_MS));
