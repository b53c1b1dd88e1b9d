import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import type { capabilityImport } from '#db/schema/capability.ts';
import type { Field } from '../fields.ts';
import { parseUnit } from '../units.server.ts';
import { type ColumnField, type ImportSheet, missingColumns } from './columns.ts';
import { compareScope, type ScopeDifference, type StoredRow, valuesOf } from './compare-scope.ts';
import { type Decisions, NO_DECISIONS } from './decisions.ts';
import { type JudgedRow, type JudgedTable, judgeTable, linesOf, proposeSettings } from './judge-table.ts';
import { accreditationsOf, centreOf, importOf, scopeNow } from './scope-access.server.ts';

type Stored = typeof capabilityImport.$inferSelect;

export type RowFilter = 'all' | 'ok' | 'review' | 'reject';

const ROWS_SHOWN = 100;
const SAMPLES = 3;

/** The rows of a stored import, judged. */
export function judgeImport(stored: Stored): JudgedTable {
  const settings = { k: stored.coverageFactor, field: stored.field as Field };
  return judgeTable(stored.lines, sheetsOf(stored), settings, parseUnit, decisionsOf(stored));
}

/** Its sheets; of an import begun before files had several, as they are proposed. */
export const sheetsOf = ({ sheets, lines }: Stored): ImportSheet[] =>
  sheets.length > 0 ? (sheets as ImportSheet[]) : proposeSettings(lines).sheets;

const decisionsOf = ({ decisions }: Stored): Decisions => ({ ...NO_DECISIONS, ...(decisions as Partial<Decisions>) });

/** What storing them would change: the certain ones, or those to be looked at too. */
export function differenceOf({ rows }: JudgedTable, stored: Stored, scope: readonly StoredRow[], withReviews: boolean): ScopeDifference {
  const taken = rows.filter(({ status }) => status === 'ok' || (withReviews && status === 'review'));
  const values = taken.flatMap((row) => row.rows.map((one) => valuesOf(one, stored.accreditationId)));
  return compareScope(scope, values);
}

/** Counts that say whether what is stored is what was shown. */
export const signatureOf = ({ added, changed, removed, same }: ScopeDifference) =>
  `${added.length}.${changed.length}.${removed.length}.${same}`;

/** Everything the page of an import shows. @throws Problem not_found */
export async function viewImport(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  id: string,
  { filter, page }: { filter: RowFilter; page: number },
) {
  return db.read(async (q) => {
    const centre = await centreOf(q, actor);
    const stored = await importOf(q, centre.id, id);
    const scope = await scopeNow(q, centre.id, clock());
    const { mapping } = sheetsOf(stored)[0]!;
    const { columns }: { columns: ColumnField[] } = mapping;
    const first = linesOf(stored.lines, 0);
    const missing = missingColumns(columns);
    const judged = judgeImport(stored);
    const rows = missing.length > 0 ? [] : judged.rows;
    const chosen = filter === 'all' ? rows : rows.filter(({ status }) => status === filter);
    const pages = Math.max(1, Math.ceil(chosen.length / ROWS_SHOWN));
    const at = Math.min(Math.max(1, page), pages);
    const headings = first[mapping.headings]?.cells ?? [];
    const samples = first.filter((_, i) => i > mapping.headings).slice(0, SAMPLES);
    return {
      id,
      fileName: stored.fileName,
      encoding: stored.encoding,
      remarks: sheetsOf(stored).map(({ name, read, decimal, remarks = [] }) => ({ name, read, decimal, remarks })),
      lines: stored.lines.length,
      mapping: columns.map((field, i) => ({
        field,
        heading: headings[i] ?? '',
        samples: samples.map(({ cells }) => cells[i] ?? '').filter(Boolean),
      })),
      headingsLine: first[mapping.headings]?.line ?? null,
      missing,
      k: stored.coverageFactor,
      field: stored.field as Field,
      accreditationId: stored.accreditationId,
      accreditations: await accreditationsOf(q, centre.id),
      counts: {
        all: rows.length,
        ok: rows.filter(({ status }) => status === 'ok').length,
        review: rows.filter(({ status }) => status === 'review').length,
        reject: rows.filter(({ status }) => status === 'reject').length,
        passedOver: judged.passedOver,
      },
      /** What confirming would do, with the rows to be looked at and without them. */
      outcome: {
        withReviews: summary(differenceOf(judged, stored, scope, true)),
        without: summary(differenceOf(judged, stored, scope, false)),
      },
      filter,
      page: at,
      pages,
      rows: chosen.slice((at - 1) * ROWS_SHOWN, at * ROWS_SHOWN) as JudgedRow[],
    };
  });
}

const summary = (difference: ScopeDifference) => ({
  added: difference.added.length,
  changed: difference.changed.length,
  removed: difference.removed.length,
  same: difference.same,
  signature: signatureOf(difference),
});

export type ImportView = Awaited<ReturnType<typeof viewImport>>;
