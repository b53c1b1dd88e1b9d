/** Judged rows as the page of an import shows them: what was written beside what was understood. */
import type { ColumnField } from '#app/modules/capability/import/columns.ts';
import type { JudgedRow } from '#app/modules/capability/import/judge-table.ts';
import { printUncertainty } from '#app/modules/capability/uncertainty-print.ts';
import { parameterName, spanText } from '../catalogue/words.ts';
import { noteText } from './scope-words.ts';

const NAMES: ColumnField[] = ['instrument', 'instrument_en', 'measurand', 'method'];
const STATED: ColumnField[] = ['range', 'range_min', 'range_max', 'unit', 'parameter', 'uncertainty'];

export function judgedRow({ line, status, text, notes, rows }: JudgedRow) {
  const said = (columns: ColumnField[]) => columns.flatMap((column) => text[column] ?? []).join(' · ');
  return {
    line,
    status,
    names: said(NAMES),
    stated: said(STATED),
    understood: rows.map((row) =>
      [
        row.min === 0 && row.max === 0 && row.unit.code === '1' ? '—' : spanText({ min: row.min, max: row.max, unit: row.unit.code }),
        ...row.parameters.map(
          ({ name, range }) => `${parameterName(name)} ${spanText({ min: range.min, max: range.max, unit: range.unit.code })}`,
        ),
        `${printUncertainty(row.uncertainty)} (k=${row.k})`,
      ].join(' · '),
    ),
    notes: notes.map(noteText),
  };
}

export type JudgedRowView = ReturnType<typeof judgedRow>;
