import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluate, worstAbsolute } from '../rules/uncertainty/uncertainty.ts';
import { fromBase, toBase } from '../rules/units/quantities.ts';
import { parseUnit } from '../rules/units/units.server.ts';
import { judgeRow } from './judge-row.ts';

/** `ok 0 330 mV 0.00879@330`: status, ends, unit, and U in that unit at a value in it. */
function said(expected: string, instrument: string, range: string, uncertainty: string): string {
  const judged = judgeRow({ instrument, method: 'M 1', range, uncertainty }, { k: 2, field: 'general' }, parseUnit);
  const [status, min, max, code, u] = expected.split(' ');
  const codes = judged.notes.map((note) => note.code).join(' ');
  if (status === 'ask') return judged.status === 'ok' || judged.notes.length === 0 ? `${judged.status} ${codes}` : expected;
  if (status === 'reject' || judged.status !== status)
    return judged.status === status ? expected : `${judged.status} ${codes} ${judged.notes[0]?.found ?? ''}`;
  const [row] = judged.rows;
  if (min === undefined) return expected;
  if (!row) return `${judged.status} without a reading`;
  const close = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));
  const shown = `${row.min} ${row.max} ${row.unit.code}`;
  if (!close(row.min, Number(min)) || !close(row.max, Number(max)) || row.unit.code !== code) return `${judged.status} ${shown}`;
  if (u === undefined) return expected;
  const [value, at] = u.split('@').map(Number) as [number, number];
  const x = toBase(at, row.unit);
  const forms = row.uncertainty.form === 'table' ? worstAbsolute(row.uncertainty, { min: x, max: x }).value : evaluate(row.uncertainty, x);
  const own = forms / row.unit.scale;
  return close(own, value) ? expected : `${judged.status} ${shown} ${own}@${at} (${fromBase(x, row.unit)})`;
}

const rows = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => {
      const [kind, instrument, range, ...rest] = line.split('|') as [string, string, string, ...string[]];
      // `|t|` stands in formulas.
      return [kind, instrument, range, rest.slice(0, -1).join('|'), rest.at(-1)!] as const;
    });

describe('scopes in the manner of other bodies', () => {
  it.each(rows(join(import.meta.dirname, 'foreign-rows.txt')))('%s: %s | %s | %s → %s', (_, instrument, range, uncertainty, expected) => {
    expect(said(expected, instrument, range, uncertainty)).toBe(expected);
  });
});
