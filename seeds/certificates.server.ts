/** Certificates of the demonstration's accreditations, one page each: what the operator holds against what a centre states. */
import { eq, isNull } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { referToFiles } from '#app/core/file-use.server.ts';
import { checkFile, type FileStore, keepFile } from '#app/core/files.server.ts';
import { accreditation, centre } from '#db/schema/centres.ts';
import { membership } from '#db/schema/identity.ts';
import { WITHOUT_CERTIFICATE } from './centres.ts';
import { paper } from './paper.ts';

/** Brought by the manager of each centre. One was never brought, so that this can be seen too. */
export async function seedCertificates(deps: Pick<Deps, 'db' | 'clock'> & { files: FileStore }): Promise<void> {
  const held = await deps.db.read((q) =>
    q
      .select({ id: accreditation.id, kind: accreditation.kind, number: accreditation.number, organisationId: centre.organisationId })
      .from(accreditation)
      .innerJoin(centre, eq(centre.id, accreditation.centreId))
      .where(isNull(accreditation.evidenceId)),
  );
  const managers = await deps.db.read((q) => q.select().from(membership).where(eq(membership.role, 'manager')));
  for (const { id, kind, number, organisationId } of held) {
    const manager = managers.find((one) => one.organisationId === organisationId);
    if (!manager || !organisationId || kind === 'internal' || id === WITHOUT_CERTIFICATE) continue;
    const file = checkFile(`示范 ${kind} 证书 ${number}.pdf`, paper(`Demo certificate ${kind} ${number}, fictitious`));
    if ('fault' in file) throw new Error(file.fault);
    const evidenceId = await keepFile(deps, file, { organisationId, personId: manager.personId });
    await deps.db.write(async (tx) => {
      await tx.update(accreditation).set({ evidenceId }).where(eq(accreditation.id, id));
      await referToFiles(tx, { kind: 'accreditation', id }, [evidenceId]);
    });
  }
}
