import { and, eq, isNull } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import type { Queries } from '#db/queries.ts';
import { passkey } from '#db/schema/identity.ts';
import type { Viewer } from './guards.server.ts';
import { mailPasskey } from './mail-second-factor.server.ts';
import { takeChallenge } from './passkey-challenge.server.ts';
import { counterHolds } from './passkey-rules.ts';
import { namedCredential, readShown } from './webauthn.server.ts';

/** A passkey that signed the question of this session, and what it counts. */
type Shown = { id: string; counter: number };

/** Reads the answer of a device, before the transaction that is to rely on it. @returns nothing for a wrong, late or used one, and for one not the person's */
export async function verifyPasskey(
  deps: Pick<Deps, 'db' | 'clock' | 'settings'>,
  viewer: Viewer,
  text: string,
): Promise<Shown | undefined> {
  const challenge = await takeChallenge(deps, viewer, 'show');
  const credentialId = namedCredential(text);
  if (challenge === undefined || credentialId === undefined) return undefined;
  const own = and(eq(passkey.personId, viewer.person.id), eq(passkey.credentialId, credentialId), isNull(passkey.suspectedAt));
  const [known] = await deps.db.read((q) => q.select().from(passkey).where(own));
  const shown = known && (await readShown(deps.settings, challenge, known, text));
  return shown && { id: known.id, counter: shown.counter };
}

/** Lets a passkey count once: one that seems to be copied is shut out, and its owner told. @returns whether it opens */
export async function takePasskey(tx: Queries, { person }: Viewer, shown: Shown, now: number): Promise<boolean> {
  const [known] = await tx
    .select()
    .from(passkey)
    .where(and(eq(passkey.id, shown.id), eq(passkey.personId, person.id), isNull(passkey.suspectedAt)));
  if (!known) return false;
  if (!counterHolds(known.counter, shown.counter)) {
    await tx.update(passkey).set({ suspectedAt: now }).where(eq(passkey.id, known.id));
    const data = { passkey: known.id, counted: known.counter, said: shown.counter };
    await audit(tx, { chain: `person:${person.id}`, actorId: null, action: 'passkey_suspected', data }, now);
    await mailPasskey(tx, person, { passkey: known.name, change: 'suspected' }, now);
    return false;
  }
  await tx.update(passkey).set({ counter: shown.counter, lastUsedAt: now }).where(eq(passkey.id, known.id));
  return true;
}
