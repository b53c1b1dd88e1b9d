import { eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { referToFiles } from '#app/core/file-use.server.ts';
import { checkFile, type FileStore, keepFile } from '#app/core/files.server.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { centreOrder } from '#app/modules/orders/order-row.server.ts';
import { changeOrder } from '#app/modules/orders/record-order-event.server.ts';
import { orderReport } from '#db/schema/jobs.ts';
import type { Progress } from '#db/schema/orders.ts';
import { advanceIn } from './advance-order.server.ts';

/** A certificate with its tables of results, scanned at worst. */
export const MOST_REPORT_MB = 10;
/** Of one order. */
const MOST_REPORTS = 50;
/** Reports come with the word that they are out, and after it. */
const AFTER: readonly Progress[] = ['reported', 'closed'];

export type ReportInput = { number: string; version: number; confirmed: boolean; document: { name: string; bytes: Uint8Array } | null };

/**
 * The centre says that the report is out, with its document or without; once it is out, more documents are added.
 * @throws Problem not_found, forbidden, transition_refused, stale; invalid_form {field: confirmed | document, reason}
 */
export async function reportOrder(
  deps: Pick<Deps, 'db' | 'clock'> & { files: FileStore },
  actor: Actor,
  { number, version, confirmed, document }: ReportInput,
): Promise<'reported' | 'report_added'> {
  const { db, clock } = deps;
  const { progress } = await db.read((q) => centreOrder(q, actor, number));
  requireRight(actor, 'order.work');
  const out = AFTER.includes(progress);
  if (!out && !confirmed) throw new Problem('invalid_form', { field: 'confirmed', reason: 'confirm' });
  if (out && !document) throw new Problem('invalid_form', { field: 'document', reason: 'file_empty' });
  const checked = document && checkFile(document.name, document.bytes, { most: MOST_REPORT_MB * 1024 * 1024, only: 'application/pdf' });
  if (checked && 'fault' in checked) throw new Problem('invalid_form', { field: 'document', reason: checked.fault });
  const fileId = checked && (await keepFile(deps, checked, actor));
  return db.write(async (tx) => {
    const order = await centreOrder(tx, actor, number);
    const adding = AFTER.includes(order.progress);
    if (adding !== out) throw new Problem('stale');
    if (!adding) await advanceIn(tx, actor, { number, event: 'report', version }, clock());
    if (!fileId || !checked) return 'reported';
    if ((await tx.$count(orderReport, eq(orderReport.orderId, order.id))) >= MOST_REPORTS)
      throw new Problem('invalid_form', { field: 'document', reason: 'too_many' });
    const row = { fileId, orderId: order.id, personId: actor.personId, name: checked.name, size: checked.bytes.length, createdAt: clock() };
    await tx.insert(orderReport).values(row);
    await referToFiles(tx, { kind: 'order_report', id: fileId }, [fileId]);
    if (adding) await changeOrder(tx, order, {}, { kind: 'report_added', actorId: actor.personId, data: { file: fileId } }, clock());
    return adding ? 'report_added' : 'reported';
  });
}
