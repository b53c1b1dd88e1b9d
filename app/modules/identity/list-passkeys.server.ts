import { asc, eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { passkey } from '#db/schema/identity.ts';
import type { Viewer } from './guards.server.ts';

/** The person's passkeys, the oldest first. Instants in UTC milliseconds; `suspectedAt`: taken for copied, it opens nothing. */
export const listPasskeys = ({ db }: Pick<Deps, 'db'>, { person }: Viewer) =>
  db.read((q) =>
    q
      .select({
        id: passkey.id,
        name: passkey.name,
        createdAt: passkey.createdAt,
        lastUsedAt: passkey.lastUsedAt,
        suspectedAt: passkey.suspectedAt,
      })
      .from(passkey)
      .where(eq(passkey.personId, person.id))
      .orderBy(asc(passkey.createdAt), asc(passkey.id)),
  );
