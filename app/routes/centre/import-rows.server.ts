/** Judged rows as the page of an import shows them: what was written beside what was understood. */
import { type Capability, comparedAs, declaredRange } from '#app/modules/capability/capability.ts';
import type { ColumnField } from '#app/modules/capability/import/columns.ts';
import type { ScopeRow } from '#app/modules/capability/import/judge-row.ts';
import type { JudgedRow } from '#app/modules/capability/import/judge-table.ts';
import { uncertaintyUnit } from '#app/modules/capability/load-scopes.server.ts';
import { pictureOf } from '../catalogue/picture.ts';
import { comparedU, statedU } from '../catalogue/uncertainty-words.ts';
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
        row.designation,
        row.min === 0 && row.max === 0 && row.unit.code === '1' ? '—' : spanText({ min: row.min, max: row.max, unit: row.unit.code }),
        ...row.parameters.map(
          ({ name, range }) => `${parameterName(name)} ${spanText({ min: range.min, max: range.max, unit: range.unit.code })}`,
        ),
        ...[statedU, comparedU].map((said) => said({ ...row, ...comparedAs(row.uncertainty, row.comparisonFactor) })),
      ]
        .filter(Boolean)
        .join(' · '),
    ),
    notes: notes.map(noteText),
  };
}

export type JudgedRowView = ReturnType<typeof judgedRow>;

const SIZE = { width: 352, height: 200 };

/** Rows that are not stored yet, drawn as they would be. */
export function pictureOfRows(rows: readonly ScopeRow[]) {
  const drawn = rows.filter((row) => row.min < row.max).map(asCapability);
  return drawn.length > 0 ? pictureOf(drawn, rows[0]!.instrumentZh, null, SIZE) : undefined;
}

const asCapability = (row: ScopeRow): Capability => ({
  id: '',
  centreId: '',
  field: row.field,
  instrumentZh: row.instrumentZh,
  instrumentEn: row.instrumentEn,
  measurandZh: row.measurandZh,
  measurandEn: row.measurandEn || null,
  method: row.method,
  range: declaredRange(row.min, row.max, row.unit),
  parameters: row.parameters,
  ...comparedAs(row.uncertainty, row.comparisonFactor),
  uncertaintyUnit: uncertaintyUnit(row.uncertainty, row.unit),
  k: row.k,
  confidence: row.confidence,
  designation: row.designation,
  conditions: row.conditionsZh,
  remarks: '',
  accreditation: null,
});
