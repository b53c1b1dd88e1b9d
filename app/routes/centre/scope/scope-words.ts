/** What the pages of a scope call columns, results and reasons. */
import * as m from '#app/i18n/paraglide/messages.js';
import type { ColumnField } from '#app/modules/capability/import/columns.ts';
import type { Note } from '#app/modules/capability/import/judge-row.ts';
import type { FileRefusal } from '#app/modules/capability/import/read-file.server.ts';
import type { SheetRemark } from '#app/modules/capability/import/table.ts';
import { formatUnit } from '#app/modules/capability/rules/units/quantities.ts';

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
  parameter_name: m.capability_import_col_parameter_name,
  uncertainty: m.capability_import_col_uncertainty,
  uncertainty_unit: m.capability_import_col_uncertainty_unit,
  uncertainty_relative: m.capability_import_col_uncertainty_relative,
  k: m.capability_import_col_k,
  confidence: m.capability_import_col_confidence,
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
  share_of_scale: m.capability_note_share_of_scale,
  level_share: m.capability_note_level_share,
  level_slope: m.capability_note_level_slope,
  of_range: m.capability_note_of_range,
  u_over_range: m.capability_note_u_over_range,
  u_at_most: m.capability_note_u_at_most,
  greater_of: m.capability_note_greater_of,
  percent_lost: m.capability_note_percent_lost,
  variable_unit: m.capability_note_variable_unit,
  variable_meant: m.capability_note_variable_meant,
  unit_sign: m.capability_note_unit_sign,
  absolute_pressure: m.capability_note_absolute_pressure,
  peak_to_peak: m.capability_note_peak_to_peak,
  gas_reference: m.capability_note_gas_reference,
  comma_decimal: m.capability_note_comma_decimal,
  comma_thousands: m.capability_note_comma_thousands,
  point_thousands: m.capability_note_point_thousands,
  points_listed: m.capability_note_points_listed,
  size_by_sides: m.capability_note_size_by_sides,
  thread_size: m.capability_note_thread_size,
  words_as_condition: m.capability_note_words_as_condition,
  cells_by_comma: m.capability_note_cells_by_comma,
  k_distribution: m.capability_note_k_distribution,
  k_of_level: m.capability_note_k_of_level,
  k_of_u: m.capability_note_k_of_u,
  cell_day: m.capability_note_cell_day,
  cell_error: m.capability_note_cell_error,
  cell_uncalculated: m.capability_note_cell_uncalculated,
  cell_rounded: m.capability_note_cell_rounded,
  cell_format: m.capability_note_cell_format,
  cell_struck: m.capability_note_cell_struck,
  line_hidden: m.capability_note_line_hidden,
};

/** A unit told by its code: [in_i], [psi]{absolute}. */
const UNIT_CODE = /^(?:\[\w+\]|[A-Za-z%]+(?=\{))(?:\{\w+\})?$/;

/** Where and why. */
export function noteText({ code, column, found }: Note): string {
  const say = NOTES[code.replace(/^(range|uncertainty)_/, '')];
  const said = say ? say({ found: UNIT_CODE.test(found) ? formatUnit(found) : found }) : code;
  // What holds for the whole line names no column.
  return column === 'skip' ? said : `${columnName(column)}${m.centre_list_colon()}${said}`;
}

const CHOICES: Record<string, () => string> = {
  yes: m.capability_choice_yes,
  reading: m.capability_choice_reading,
  span: m.capability_choice_span,
  absolute: m.capability_choice_absolute,
  power: m.capability_choice_power,
  field: m.capability_choice_field,
  worst: m.capability_choice_worst,
  linear: m.capability_choice_linear,
  sum: m.capability_choice_sum,
  percent: m.capability_choice_percent,
  ratio: m.capability_choice_ratio,
  decimal: m.capability_choice_decimal,
  thousands: m.capability_choice_thousands,
  points: m.capability_choice_points,
  stretch: m.capability_choice_stretch,
  longest: m.capability_choice_longest,
  shortest: m.capability_choice_shortest,
  diagonal: m.capability_choice_diagonal,
  condition: m.capability_choice_condition,
  designation: m.capability_choice_designation,
  normal: m.capability_choice_normal,
  rectangular: m.capability_choice_rectangular,
  stated: m.capability_choice_stated,
  standard: m.capability_choice_standard,
  expanded: m.capability_choice_expanded,
  own: m.capability_choice_own,
  as_typed: m.capability_choice_as_typed,
};

/** What an answer to the note's question says: `unit:[degF]` is the unit itself. The first of its choices is the reading shown. */
export function choiceText(note: Pick<Note, 'code'>, choice: string): string {
  const [code = '', detail = ''] = choice.split(/:(.*)/);
  if (code === 'unit') return detail === '[g]' ? m.capability_choice_gravity() : formatUnit(detail) || '1';
  return CHOICES[code]?.() ?? `${note.code} ${choice}`;
}

const REFUSALS: Record<FileRefusal, (facts: { line: number }) => string> = {
  empty: m.capability_import_refused_empty,
  too_large: m.capability_import_refused_too_large,
  too_many_rows: m.capability_import_refused_too_many_rows,
  too_many_columns: m.capability_import_refused_too_many_columns,
  too_many_sheets: m.capability_import_refused_too_many_sheets,
  encoding_unknown: m.capability_import_refused_encoding_unknown,
  old_excel: m.capability_import_refused_old_excel,
  web_page: m.capability_import_refused_web_page,
  locked_excel: m.capability_import_refused_locked_excel,
  not_a_table: m.capability_import_refused_not_a_table,
  broken_excel: m.capability_import_refused_broken_excel,
  excel_bomb: m.capability_import_refused_excel_bomb,
};
export const refusalText = (reason: FileRefusal, line = 0): string => REFUSALS[reason]({ line });

const REMARKS: Record<SheetRemark['code'], (facts: { found: string }) => string> = {
  hidden_sheet: m.capability_import_remark_hidden_sheet,
  hidden_lines: m.capability_import_remark_hidden_lines,
  hidden_columns: m.capability_import_remark_hidden_columns,
  broken_characters: m.capability_import_remark_broken_characters,
  columns_missing: m.capability_import_remark_columns_missing,
  sheet_too_long: m.capability_import_remark_sheet_too_long,
};
/** What is said about a sheet as a whole. */
export const remarkText = ({ code, found }: SheetRemark): string => REMARKS[code]({ found });

export const STATES = {
  ok: { tone: 'ok', name: m.workbench_ok },
  review: { tone: 'warn', name: m.workbench_review },
  reject: { tone: 'bad', name: m.workbench_reject },
  left: { tone: '', name: m.workbench_left },
} as const;
