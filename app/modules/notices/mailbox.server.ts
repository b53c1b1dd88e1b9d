/** The mailbox of a demonstration run: everybody's mail, for everybody. Outside a demonstration there is none. */
import { desc, eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { canonicalEmail } from '#app/modules/identity/email-address.ts';
import { keptMail } from '#db/schema/notices.ts';

const MOST = 100;

function refuseOutsideDemonstration({ settings }: Pick<Deps, 'settings'>) {
  if (!settings.demonstration) throw new Problem('not_found');
}

/** The latest first. @param to one recipient's only @throws Problem not_found outside a demonstration */
export async function listKeptMail(deps: Deps, to?: string) {
  refuseOutsideDemonstration(deps);
  const rows = await deps.db.read((q) =>
    q
      .select({ id: keptMail.id, to: keptMail.to, subject: keptMail.subject, createdAt: keptMail.createdAt })
      .from(keptMail)
      .where(to ? eq(keptMail.to, canonicalEmail(to) ?? to.trim()) : undefined)
      .orderBy(desc(keptMail.createdAt), desc(keptMail.id))
      .limit(MOST),
  );
  return rows;
}

/** @throws Problem not_found */
export async function readKeptMail(deps: Deps, id: string) {
  refuseOutsideDemonstration(deps);
  const [mail] = await deps.db.read((q) => q.select().from(keptMail).where(eq(keptMail.id, id)));
  if (!mail) throw new Problem('not_found');
  return mail;
}
