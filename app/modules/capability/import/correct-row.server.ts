import { createHash } from 'node:crypto';
import type { Actor } from '#app/core/actor.ts';
import { apart } from '#app/core/apart.ts';
import { Problem } from '#app/core/problem.ts';
import { withoutText, withText } from './change-decisions.ts';
import { COLUMN_FIELDS, type ColumnField } from './columns.ts';
import { decide } from './decide.server.ts';
import { judgeTyped } from './judge-import.server.ts';
import type { Judged, RowText } from './judge-row.ts';
import type { ImportDeps } from './open-work.server.ts';
import type { ReviewRow } from './review-rows.ts';

export interface Correction {
  row: string;
  /** Cells as typed; those not named stay as they are. */
  text: RowText;
  /** `markOf` the row as it was shown. */
  shown: string;
}

/** Changes whenever a cell of the row does. */
export const markOf = ({ text }: Pick<ReviewRow, 'text'>): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(text).sort()))
    .digest('base64url')
    .slice(0, 16);

/** As a form sends it and as a file may have it, one text. */
const plain = (text: string | undefined) => (text ?? '').replace(/\r\n?/g, '\n').trim();

/**
 * Corrects cells of a row in place: it is read from then on as typed.
 * @returns with nothing stored, what is still wrong with it
 * @throws Problem not_found, forbidden; invalid_form {field: 'rows'} for a row that is not of this import; stale when somebody corrected it meanwhile
 */
export const correctRow = apart('import.correct-row', correctNow);

async function correctNow(
  deps: ImportDeps,
  actor: Actor,
  id: string,
  { row: key, text, shown }: Correction,
): Promise<{ stored: true } | { judged: Judged; text: RowText }> {
  let refused: { judged: Judged; text: RowText } | undefined;
  await decide(deps, actor, id, ({ judged, facts }) => {
    refused = undefined;
    const { decisions } = facts;
    const row = judged.byKey.get(key);
    if (!row) throw new Problem('invalid_form', { field: 'rows' });
    if (markOf(row) !== shown) throw new Problem('stale');
    const typed = Object.entries(text).filter(
      ([column, cell]) =>
        COLUMN_FIELDS.includes(column as ColumnField) && column !== 'skip' && plain(cell) !== plain(row.text[column as ColumnField]),
    );
    if (typed.length === 0) return decisions;
    const corrected: RowText = Object.fromEntries(typed.map(([column, cell]) => [column, plain(cell).toWellFormed()]));
    const whole = { ...row.text, ...corrected };
    const read = judgeTyped(facts, row, whole);
    if (read.notes.some(({ weight, question }) => weight === 'reject' && !question)) {
      refused = { judged: read, text: whole };
      return decisions;
    }
    return withText(decisions, key, { ...decisions.rows[key]?.text, ...corrected });
  });
  return refused ?? { stored: true };
}

/** The row is read as the file has it again. @throws Problem not_found, forbidden; invalid_form {field: 'rows'} */
export const undoCorrection = apart('import.undo-correction', (deps: ImportDeps, actor: Actor, id: string, key: string) =>
  decide(deps, actor, id, ({ judged, facts: { decisions } }) => {
    if (!judged.byKey.has(key)) throw new Problem('invalid_form', { field: 'rows' });
    return withoutText(decisions, key);
  }),
);
