import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { type CheckedFile, type FileStore, readStored } from '#app/core/files.server.ts';
import { Problem } from '#app/core/problem.ts';
import { organisationOfCentre } from '#app/modules/centres/centre-facts.server.ts';
import { orderFor } from '#app/modules/orders/order-row.server.ts';
import { orderReport } from '#db/schema/jobs.ts';

/** A report of an order, for its buyer and its centre. @throws Problem not_found for everybody else */
export async function readReport(
  deps: Pick<Deps, 'db'> & { files: FileStore },
  actor: Actor,
  { number, file }: { number: string; file: string },
): Promise<CheckedFile> {
  const owner = await deps.db.read(async (q) => {
    const { order } = await orderFor(q, actor, number);
    const [found] = await q
      .select({ fileId: orderReport.fileId })
      .from(orderReport)
      .where(and(eq(orderReport.fileId, file), eq(orderReport.orderId, order.id)));
    return found && organisationOfCentre(q, order.centreId);
  });
  if (!owner) throw new Problem('not_found');
  return readStored(deps, owner, file);
}
