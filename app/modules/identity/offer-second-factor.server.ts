import { eq } from 'drizzle-orm';
import { Secret } from 'otpauth';
import type { Deps } from '#app/core/deps.ts';
import { secondFactor } from '#db/schema/identity.ts';
import type { Viewer } from './guards.server.ts';
import { openSecret, sealSecret } from './second-factor-key.server.ts';
import { totpAddress } from './second-factor-rules.ts';

/** 160 bits, as RFC 4226 recommends. */
const SECRET_BYTES = 20;

/** What an authenticator is to be given: the same until a code has confirmed it. Nothing for whoever has a second factor already. */
export async function offerSecondFactor(deps: Deps, viewer: Viewer): Promise<{ secret: string; address: string } | undefined> {
  const { id, email } = viewer.person;
  const now = deps.clock();
  const secret = await deps.db.write(async (tx) => {
    const [before] = await tx.select().from(secondFactor).where(eq(secondFactor.personId, id));
    if (before) return before.confirmedAt === null ? openSecret(deps.settings, id, before.sealed) : undefined;
    const made = new Secret({ size: SECRET_BYTES }).base32;
    await tx.insert(secondFactor).values({ personId: id, sealed: sealSecret(deps.settings, id, made), createdAt: now });
    return made;
  });
  return secret === undefined ? undefined : { secret, address: totpAddress(secret, email) };
}
