import type { Actor } from '#app/core/actor.ts';
import { apart } from '#app/core/apart.ts';
import { Problem } from '#app/core/problem.ts';
import { parseUnit } from '../rules/units/units.server.ts';
import { FILLED_COLUMNS, type FilledColumn, withFill, withoutFill } from './change-decisions.ts';
import { decide } from './decide.server.ts';
import type { ImportFacts } from './judge-import.server.ts';
import { judgeRow } from './judge-row.ts';
import type { ImportDeps } from './open-work.server.ts';
import { sectionsOf } from './sections.ts';

/** Rows whose cell is empty: of the whole file, of a sheet by its place, of a section by its key, or some chosen ones. */
export type FillWhere = 'all' | { sheet: number } | { section: string } | { rows: readonly string[] };

export interface FillInput {
  column: string;
  value: string;
  where: FillWhere;
}

/**
 * Says one text for many rows at once. Only empty cells take it; what is said last holds.
 * @throws Problem not_found, forbidden; invalid_form {field: 'column' | 'value' | 'rows'}, for a text also {reason: 'required' | 'too_long' | 'bad_character' | 'unknown'}
 */
export const fillColumn = apart('import.fill-column', (deps: ImportDeps, actor: Actor, id: string, { column, value, where }: FillInput) =>
  decide(deps, actor, id, ({ judged, facts }) => {
    if (!FILLED_COLUMNS.includes(column as FilledColumn)) throw new Problem('invalid_form', { field: 'column' });
    const text = { column: column as FilledColumn, value: value.trim() };
    const fault = faultOf(text, facts);
    if (fault) throw new Problem('invalid_form', { field: 'value', reason: fault });
    if (where === 'all') return withFill(facts.decisions, text);
    const rows =
      'rows' in where
        ? where.rows
        : 'sheet' in where
          ? judged.rows.flatMap(({ key, sheet }) => (sheet === where.sheet ? [key] : []))
          : (sectionsOf(
              facts.lines,
              facts.sheets.map(({ mapping }) => mapping),
              judged.byKey,
            ).find(({ key }) => key === where.section)?.rows ?? []);
    if (rows.length === 0 || rows.some((key) => !judged.byKey.has(key))) throw new Problem('invalid_form', { field: 'rows' });
    return withFill(facts.decisions, { ...text, rows: [...rows] });
  }),
);

/** Why no cell may have this text: the same reasons as in a file. */
function faultOf({ column, value }: { column: FilledColumn; value: string }, { settings }: ImportFacts): string | undefined {
  if (value === '') return 'required';
  const { notes } = judgeRow({ [column]: value }, settings, parseUnit);
  const found = notes.find((note) => note.column === column && FAULTS[note.code]);
  return found && FAULTS[found.code];
}

const FAULTS: Record<string, string> = { text_too_long: 'too_long', bad_character: 'bad_character', field_unknown: 'unknown' };

/** Takes a fill back. @throws Problem not_found, forbidden; stale when it is another by now */
export const unfillColumn = apart(
  'import.unfill-column',
  (deps: ImportDeps, actor: Actor, id: string, at: number, shown: { column: string; value: string }) =>
    decide(deps, actor, id, ({ facts: { decisions } }) => {
      const fill = decisions.fills[at];
      if (fill?.column !== shown.column || fill.value !== shown.value) throw new Problem('stale');
      return withoutFill(decisions, at);
    }),
);
