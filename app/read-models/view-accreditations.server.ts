import { asc, desc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { type CheckedFile, type FileStore, readStored } from '#app/core/files.server.ts';
import { Problem } from '#app/core/problem.ts';
import { checkStep } from '#app/modules/centres/accreditation/check-rules.ts';
import { standingInTime } from '#app/modules/centres/accreditation/standing.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { countAll } from '#db/queries.ts';
import { capability } from '#db/schema/capability.ts';
import { accreditation, centre } from '#db/schema/centres.ts';
import { storedFile } from '#db/schema/core.ts';

/** All accreditations of the actor's centre, the longest valid first, with the rows stated under each. @throws Problem not_found */
export const viewAccreditations = ({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor) =>
  db.read(async (q) => {
    const own = await centreOf(q, actor);
    const [place] = await q.select({ timeZone: centre.timeZone }).from(centre).where(eq(centre.id, own.id));
    const held = await q
      .select({ accreditation, evidence: { id: storedFile.id, name: storedFile.name } })
      .from(accreditation)
      .leftJoin(storedFile, eq(storedFile.id, accreditation.evidenceId))
      .where(eq(accreditation.centreId, own.id))
      .orderBy(desc(accreditation.validUntil), asc(accreditation.id));
    const counted = await q
      .select({ id: capability.accreditationId, count: countAll() })
      .from(capability)
      .where(eq(capability.centreId, own.id))
      .groupBy(capability.accreditationId);
    const rows = new Map(counted.map(({ id, count }) => [id, count]));
    return {
      timeZone: place?.timeZone ?? 'Asia/Shanghai',
      own: rows.get(null) ?? 0,
      held: held.map(({ accreditation: one, evidence }) => ({
        ...one,
        evidence,
        rows: rows.get(one.id) ?? 0,
        standing: standingInTime(one, clock()),
        step: checkStep(one, clock()),
      })),
    };
  });

/** The certificate of one of the actor's centre's accreditations. @throws Problem not_found */
export async function readEvidence(
  deps: Pick<Deps, 'db' | 'clock'> & { files: FileStore },
  actor: Actor,
  id: string,
): Promise<CheckedFile> {
  const { held } = await viewAccreditations(deps, actor);
  const evidence = held.find((one) => one.id === id)?.evidence;
  if (!evidence) throw new Problem('not_found');
  return readStored(deps, actor.organisationId, evidence.id);
}
