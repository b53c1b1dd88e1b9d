import { eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { centre } from '#db/schema/centres.ts';
import { centreOf } from './centre-access.server.ts';

/** The time zone the actor's centre reckons its days in. @throws Problem not_found */
export const centreZone = ({ db }: Pick<Deps, 'db'>, actor: Actor): Promise<string> =>
  db.read(async (q) => {
    const own = await centreOf(q, actor);
    const [place] = await q.select({ timeZone: centre.timeZone }).from(centre).where(eq(centre.id, own.id));
    return place?.timeZone ?? 'Asia/Shanghai';
  });
