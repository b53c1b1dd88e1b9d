import { desc, eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { signInRecord } from '#db/schema/identity.ts';
import type { Viewer } from './guards.server.ts';

const SHOWN = 10;

/** The person's latest sign-ins, the newest first. Instants in UTC milliseconds; only the network of each address. */
export const listSignIns = (deps: Pick<Deps, 'db'>, viewer: Viewer) =>
  deps.db.read((q) =>
    q
      .select({
        id: signInRecord.id,
        at: signInRecord.at,
        way: signInRecord.way,
        userAgent: signInRecord.userAgent,
        network: signInRecord.network,
        newDevice: signInRecord.newDevice,
      })
      .from(signInRecord)
      .where(eq(signInRecord.personId, viewer.person.id))
      .orderBy(desc(signInRecord.at), desc(signInRecord.id))
      .limit(SHOWN),
  );
