/** What the pages of a scope call columns, results and reasons. */
import * as m from '#app/i18n/paraglide/messages.js';
import type { ColumnField } from '#app/modules/capability/import/columns.ts';
import type { Note } from '#app/modules/capability/import/judge-row.ts';
import type { FileRefusal } from '#app/modules/capability/import/read-file.server.ts';

const COLUMNS: Record<ColumnField, () => string> = {
  skip: m.capability_import_col_skip,
  field: m.capability_import_col_field,
  instrument: m.capability_import_col_instrument,
  instrument_en: m.capability_import_col_instrument_en,
  measurand: m.capability_import_col_measurand,
  measurand_en: m.capability_import_col_measurand_en,
  method: m.capability_import_col_method,
  range: m.capability_import_col_range,
  range_min: m.capability_import_col_range_min,
  range_max: m.capability_import_col_range_max,
  unit: m.capability_import_col_unit,
  parameter: m.capability_import_col_parameter,
  uncertainty: m.capability_import_col_uncertainty,
  k: m.capability_import_col_k,
  designation: m.capability_import_col_designation,
  conditions: m.capability_import_col_conditions,
  conditions_en: m.capability_import_col_conditions_en,
};
export const columnName = (field: ColumnField): string => COLUMNS[field]();

/** `range_` and `uncertainty_` say where; the reason is the same. */
const NOTES: Record<string, (facts: { found: string }) => string> = {
  number_expected: m.capability_note_number_expected,
  exponent_lost: m.capability_note_exponent_lost,
  unit_unknown: m.capability_note_unit_unknown,
  kind_differs: m.capability_note_kind_differs,
  undefined_variable: m.capability_note_undefined_variable,
  ambiguous_variable: m.capability_note_ambiguous_variable,
  range_needed: m.capability_note_range_needed,
  parameter_unknown: m.capability_note_parameter_unknown,
  negative: m.capability_note_negative,
  reversed: m.capability_note_reversed,
  unexpected_text: m.capability_note_unexpected_text,
  range_missing: m.capability_note_range_missing,
  open_interval: m.capability_note_open_interval,
  unit_missing: m.capability_note_unit_missing,
  one_quantity_twice: m.capability_note_one_quantity_twice,
  lower_bound_assumed: m.capability_note_lower_bound_assumed,
  point_assumed: m.capability_note_point_assumed,
  percent_without_rel: m.capability_note_percent_without_rel,
  relative_on_offset_scale: m.capability_note_relative_on_offset_scale,
  not_stated: m.capability_note_not_stated,
  instrument_missing: m.capability_note_instrument_missing,
  text_too_long: m.capability_note_text_too_long,
  bad_character: m.capability_note_bad_character,
  missing: m.capability_note_missing,
  zero: m.capability_note_zero,
  large: m.capability_note_large,
  lines_differ: m.capability_note_lines_differ,
  k_unreadable: m.capability_note_k_unreadable,
  method_missing: m.capability_note_method_missing,
  field_unknown: m.capability_note_field_unknown,
  repeats_line: m.capability_note_repeats_line,
  overlaps_line: m.capability_note_overlaps_line,
};

/** Where and why. */
export function noteText({ code, column, found }: Note): string {
  const say = NOTES[code.replace(/^(range|uncertainty)_/, '')];
  return `${columnName(column)}: ${say ? say({ found }) : code}`;
}

const REFUSALS: Record<FileRefusal, (facts: { line: number }) => string> = {
  empty: m.capability_import_refused_empty,
  too_large: m.capability_import_refused_too_large,
  too_many_rows: m.capability_import_refused_too_many_rows,
  too_many_columns: m.capability_import_refused_too_many_columns,
  encoding_unknown: m.capability_import_refused_encoding_unknown,
  old_excel: m.capability_import_refused_old_excel,
  locked_excel: m.capability_import_refused_locked_excel,
  not_a_table: m.capability_import_refused_not_a_table,
  broken_excel: m.capability_import_refused_broken_excel,
  excel_bomb: m.capability_import_refused_excel_bomb,
};
export const refusalText = (reason: FileRefusal, line = 0): string => REFUSALS[reason]({ line });

export const STATES = {
  ok: { tone: 'ok', name: m.workbench_ok },
  review: { tone: 'warn', name: m.workbench_review },
  reject: { tone: 'bad', name: m.workbench_reject },
  left: { tone: '', name: m.workbench_left },
} as const;
