import { eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { capabilityImport } from '#db/schema/capability.ts';
import { FIELDS, type Field } from '../fields.ts';
import { COLUMN_FIELDS, type ColumnField, type ImportSheet } from './columns.ts';
import { linesOf } from './judge-table.ts';
import { accreditationsOf, centreOf, importOf, requireManager } from './scope-access.server.ts';
import { sheetsOf } from './view-import.server.ts';

export interface ImportChange {
  columns: string[];
  /** Line the headings stand in; null for none. */
  headingsLine: number | null;
  k: number;
  field: string;
  accreditationId: string | null;
}

/**
 * Corrects how a file is understood. A meaning given to two columns stays with the first.
 * @throws Problem not_found, forbidden, invalid_form {field}
 */
export async function changeImport({ db }: Pick<Deps, 'db'>, actor: Actor, id: string, change: ImportChange): Promise<void> {
  requireManager(actor);
  const { k, field, accreditationId } = change;
  if (!(k >= 1 && k <= 5)) throw new Problem('invalid_form', { field: 'k' });
  if (!FIELDS.includes(field as Field)) throw new Problem('invalid_form', { field: 'field' });
  await db.write(async (tx) => {
    const centre = await centreOf(tx, actor);
    const stored = await importOf(tx, centre.id, id);
    const held = await accreditationsOf(tx, centre.id);
    if (accreditationId !== null && !held.some((one) => one.id === accreditationId)) throw new Problem('not_found');
    const taken = new Set<string>();
    const [sheet, ...others] = sheetsOf(stored) as [ImportSheet, ...ImportSheet[]];
    const columns = sheet.mapping.columns.map((before, i) => {
      const wished = change.columns[i] ?? before;
      const known = COLUMN_FIELDS.includes(wished as ColumnField) && wished !== 'skip' && !taken.has(wished);
      if (known) taken.add(wished);
      return known ? (wished as ColumnField) : 'skip';
    });
    const headings = change.headingsLine === null ? -1 : linesOf(stored.lines, 0).findIndex(({ line }) => line === change.headingsLine);
    await tx
      .update(capabilityImport)
      .set({ sheets: [{ ...sheet, mapping: { headings, columns } }, ...others], coverageFactor: k, field, accreditationId })
      .where(eq(capabilityImport.id, id));
  });
}
