/** The rows of a table compared with one another: what stands twice, and what says two things of one stretch. */
import { declaredRange, nameKey } from '../rules/capability.ts';
import { disagree } from '../rules/coverage.ts';
import { atMost } from '../rules/units/quantities.ts';
import { termsOf } from '../search/row-groups.ts';
import { answersOf, CONFIRMED, type Decisions } from './decisions.ts';
import { concluded, type Note, type ScopeRow } from './judge-row.ts';
import type { JudgedRow } from './judge-table.ts';

/** Rows that say the same thing twice, or two things of one stretch, are looked at by a person. What is left out says nothing. */
export function judgeTogether(rows: JudgedRow[], decisions: Decisions): JudgedRow[] {
  const groups = new Map<string, { at: number; row: ScopeRow }[]>();
  for (const [at, judged] of rows.entries())
    for (const row of decisions.rows[judged.key]?.leave ? [] : judged.rows) {
      const key = groupOf(row);
      const group = groups.get(key) ?? [];
      groups.set(key, group);
      group.push({ at, row });
    }
  const notes = new Map<number, Note>();
  for (const group of groups.values()) compareGroup(group, rows, notes);
  return rows.map((judged, at) => {
    const note = notes.get(at);
    if (!note) return judged;
    const together = concluded(
      [...judged.decided.map((one) => one.note), ...judged.notes, note],
      judged.rows,
      answersOf(decisions, judged.key),
    );
    return { ...judged, ...together };
  });
}

const groupOf = (row: ScopeRow) =>
  [
    nameKey(row.instrumentZh),
    nameKey(row.measurandZh),
    nameKey(row.method),
    nameKey(row.designation),
    row.unit.kind,
    termsOf({ conditions: row.conditionsZh, parameters: row.parameters }),
  ].join('\u0000');

function compareGroup(group: { at: number; row: ScopeRow }[], rows: JudgedRow[], notes: Map<number, Note>): void {
  if (group.length < 2) return;
  const ranged = group
    .map(({ at, row }) => ({ at, row, base: declaredRange(row.min, row.max, row.unit)!.base }))
    .sort((a, b) => a.base.min - b.base.min || a.base.max - b.base.max || a.at - b.at);
  for (const [i, one] of ranged.entries()) {
    for (const next of ranged.slice(i + 1, i + 1 + MOST_NEIGHBOURS)) {
      const same = one.base.min === next.base.min && one.base.max === next.base.max;
      const on = { min: next.base.min, max: Math.min(one.base.max, next.base.max) };
      if (!same && atMost(on.max, on.min)) break;
      if (one.at === next.at || !(same || disagree(one.row, next.row, on))) continue;
      const [first, second] = one.at < next.at ? [one, next] : [next, one];
      const note: Note = {
        code: same ? 'repeats_line' : 'overlaps_line',
        weight: 'review',
        column: 'range',
        found: String(rows[first.at]!.line),
        question: { key: `${same ? 'repeats_line' : 'overlaps_line'}|range`, choices: [CONFIRMED] },
      };
      if (same || !notes.has(second.at)) notes.set(second.at, note);
    }
  }
}

/** Rows of one group compared with so many that begin next: of hundreds that overlap, naming one is enough. */
const MOST_NEIGHBOURS = 8;
