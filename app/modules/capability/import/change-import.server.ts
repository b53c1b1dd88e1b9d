import { eq, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { apart } from '#app/core/apart.ts';
import { Problem } from '#app/core/problem.ts';
import { accreditationsOf } from '#app/modules/centres/accreditation/accreditations-of.server.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { capabilityImport } from '#db/schema/capability.ts';
import { FIELDS, type Field } from '../rules/fields.ts';
import { withoutConfirmations } from './change-decisions.ts';
import { COLUMN_FIELDS, type ColumnField, type ImportSheet } from './columns.ts';
import { linesOf, type TableRow } from './judge-table.ts';
import { type ImportDeps, openWork } from './open-work.server.ts';

export interface SheetChange {
  read: boolean;
  columns: string[];
  /** Line the headings stand in; null for none. */
  headingsLine: number | null;
}

export interface ImportChange {
  /** By place; sheets not named stay as they are. */
  sheets: SheetChange[];
  k: number;
  field: string;
  accreditationId: string | null;
}

/**
 * Corrects how a file is understood. A meaning given to two columns stays with the first. What was confirmed of rows of a sheet that is
 * read otherwise now has to be confirmed again.
 * @throws Problem not_found, forbidden, invalid_form {field}
 */
export const changeImport = apart('import.change', changeNow);

async function changeNow({ db, clock, imports }: ImportDeps, actor: Actor, id: string, change: ImportChange): Promise<void> {
  requireRight(actor, 'scope.state');
  const { k, field, accreditationId } = change;
  if (!(k >= 1 && k <= 5)) throw new Problem('invalid_form', { field: 'k' });
  if (!FIELDS.includes(field as Field)) throw new Problem('invalid_form', { field: 'field' });
  await db.write(async (tx) => {
    const centre = await centreOf(tx, actor);
    const { facts } = await openWork(tx, imports, centre.id, id);
    const held = await accreditationsOf(tx, centre.id, clock());
    if (accreditationId !== null && !held.some((one) => one.id === accreditationId)) throw new Problem('not_found');
    const sheets = facts.sheets.map((sheet, at) => changed(sheet, change.sheets[at], linesOf(facts.lines, at)));
    const otherwise = sheets.flatMap(({ mapping }, at) => (same(mapping, facts.sheets[at]!.mapping) ? [] : [at]));
    await tx
      .update(capabilityImport)
      .set({
        sheets,
        coverageFactor: k,
        field,
        accreditationId,
        decisions: otherwise.length > 0 ? withoutConfirmations(facts.decisions, otherwise) : facts.decisions,
        revision: sql`${capabilityImport.revision} + 1`,
      })
      .where(eq(capabilityImport.id, id));
  });
}

function changed(sheet: ImportSheet, change: SheetChange | undefined, lines: readonly TableRow[]): ImportSheet {
  if (!change) return sheet;
  const taken = new Set<string>();
  const columns = sheet.mapping.columns.map((before, i) => {
    const chosenField = change.columns[i] ?? before;
    const known = COLUMN_FIELDS.includes(chosenField as ColumnField) && chosenField !== 'skip' && !taken.has(chosenField);
    if (known) taken.add(chosenField);
    return known ? (chosenField as ColumnField) : 'skip';
  });
  const headings = change.headingsLine === null ? -1 : lines.findIndex(({ line }) => line === change.headingsLine);
  return { ...sheet, read: change.read, mapping: { headings, columns } };
}

const same = (a: ImportSheet['mapping'], b: ImportSheet['mapping']) =>
  a.headings === b.headings && a.columns.every((field, i) => field === b.columns[i]);
