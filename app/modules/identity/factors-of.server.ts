import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { passkey, secondFactor } from '#db/schema/identity.ts';
import type { Viewer } from './guards.server.ts';

/** By what the second step of signing in can be done, besides a recovery code. */
export const factorsOf = ({ db }: Pick<Deps, 'db'>, { person }: Viewer): Promise<{ passkey: boolean; authenticator: boolean }> =>
  db.read(async (q) => {
    const keys = await q
      .select({ id: passkey.id })
      .from(passkey)
      .where(and(eq(passkey.personId, person.id), isNull(passkey.suspectedAt)))
      .limit(1);
    const codes = await q
      .select({ id: secondFactor.personId })
      .from(secondFactor)
      .where(and(eq(secondFactor.personId, person.id), isNotNull(secondFactor.confirmedAt)));
    return { passkey: keys.length > 0, authenticator: codes.length > 0 };
  });
