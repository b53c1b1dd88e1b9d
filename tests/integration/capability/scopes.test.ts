import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_DECISIONS } from '#app/modules/capability/import/decisions.ts';
import { judgeImport, sheetsOf } from '#app/modules/capability/import/judge-import.server.ts';
import type { ScopeRow } from '#app/modules/capability/import/judge-row.ts';
import { openImport } from '#app/modules/capability/import/open-import.server.ts';
import { evaluate } from '#app/modules/capability/rules/uncertainty/uncertainty.ts';
import { differenceToBase, toBase, type Unit } from '#app/modules/capability/rules/units/quantities.ts';
import { parseUnit } from '#app/modules/capability/rules/units/units.server.ts';
import { capabilityImport } from '#db/schema/capability.ts';
import { testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';
import { scopeFile } from '#tests/support/scopes.ts';

/**
 * Untidy scopes in the manner of real ones. `lines`: that state a capability; `passed`: titles, headings once more, footnotes. `understood`: at
 * least so many without a question, or with one, before anything is decided; `decided`: without a question, once `answers` hold for the whole
 * file. All are raised whenever more of them is read, and never lowered.
 */
const SCOPES: {
  name: string;
  lines: number;
  passed: number;
  understood: { ok: number; review: number };
  answers: Record<string, string>;
  decided: number;
}[] = [
  {
    name: 'a2la.csv',
    lines: 152,
    passed: 43,
    understood: { ok: 0, review: 132 },
    answers: { 'method_missing|method': 'yes', 'lower_bound_assumed|range': 'yes', 'variable_unit|L|[in_i]': 'unit:[in_i]' },
    decided: 133,
  },
  {
    name: 'ukas.csv',
    lines: 150,
    passed: 15,
    understood: { ok: 0, review: 144 },
    answers: { 'method_missing|method': 'yes', 'lower_bound_assumed|range': 'yes', 'words_as_condition|diameter': 'condition' },
    decided: 133,
  },
  {
    name: 'dakks.csv',
    lines: 150,
    passed: 19,
    understood: { ok: 75, review: 51 },
    answers: { 'method_missing|method': 'yes', 'lower_bound_assumed|range': 'yes', 'point_thousands|.': 'thousands' },
    decided: 133,
  },
  {
    name: 'cnas.xlsx',
    lines: 150,
    passed: 14,
    understood: { ok: 115, review: 32 },
    answers: { 'method_missing|method': 'yes', u_over_range: 'worst' },
    decided: 138,
  },
];

/** A line of a scope and what its writer meant by it, said before it was read. U is given at both ends of the range. */
interface Meant {
  cells: string[];
  /** It needs a question: whatever is accepted of it, it is not without one. */
  asks?: true;
  rows?: {
    low: number;
    high: number;
    unit: string;
    u: [number, number];
    uUnit: string;
    k: number;
    second?: { low: number; high: number; unit: string };
  }[];
}

const meantIn = (name: string): Meant[] =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../data/scopes/expected-${name.replace(/\..*/, '')}.json`), 'utf8')) as Meant[];

const unitOf = (text: string): Unit => {
  const found = parseUnit(text);
  if (!found.ok) throw new Error(text);
  return found.unit;
};

const digits = (value: number) => Number(value.toPrecision(9));

/** In base units, to nine digits. */
const understoodAs = ({ min, max, unit, uncertainty, k, parameters }: ScopeRow) => ({
  low: digits(toBase(min, unit)),
  high: digits(toBase(max, unit)),
  kind: unit.kind,
  u: [min, max].map((x) => digits(evaluate(uncertainty, toBase(x, unit)))),
  k,
  second: parameters.map(({ range: { base } }) => [digits(base.min), digits(base.max)]),
});

const meantAs = ({ low, high, unit: text, u, uUnit, k, second }: NonNullable<Meant['rows']>[number]) => {
  const unit = unitOf(text);
  const beside = second && unitOf(second.unit);
  return {
    low: digits(toBase(low, unit)),
    high: digits(toBase(high, unit)),
    kind: unit.kind,
    u: u.map((value) => digits(differenceToBase(value, unitOf(uUnit)))),
    k,
    second: beside ? [[digits(toBase(second.low, beside)), digits(toBase(second.high, beside))]] : [],
  };
};

const squeezed = (text: string | undefined) => (text ?? '').replace(/\s+/g, '');

async function judged(name: string) {
  const deps = await testDeps();
  const m = await seedMarket(deps.db);
  const opened = await openImport(deps, m.manager, { name, bytes: scopeFile(name) });
  if (!('id' in opened)) throw new Error(opened.refused);
  const [stored] = await deps.db.read((q) => q.select().from(capabilityImport));
  const settings = { k: stored!.coverageFactor, field: 'general' as const };
  return (answers: Record<string, string>) =>
    judgeImport({ lines: stored!.lines, sheets: sheetsOf(stored!), decisions: { ...NO_DECISIONS, answers }, settings });
}

describe('an untidy scope is brought in without hands', () => {
  it.each(SCOPES)('$name', async ({ name, lines, passed, understood, answers, decided }) => {
    const judge = await judged(name);
    const { rows, passedOver } = judge({});
    expect({ lines: rows.length, passed: passedOver }).toEqual({ lines, passed });
    const [ok, review] = ['ok', 'review'].map((status) => rows.filter((row) => row.status === status).length) as [number, number];
    expect(ok).toBeGreaterThanOrEqual(understood.ok);
    expect(ok + review).toBeGreaterThanOrEqual(understood.ok + understood.review);
    expect(Object.keys(answers).length).toBeLessThanOrEqual(3);
    expect(judge(answers).rows.filter(({ status }) => status === 'ok').length).toBeGreaterThanOrEqual(decided);
  });

  it.each(SCOPES)('$name: what is accepted is what was meant, never another number', async ({ name, answers }) => {
    const meant = meantIn(name);
    // They are the last lines of their file.
    const rows = (await judged(name))(answers).rows.slice(-meant.length);
    const refused: string[] = [];
    for (const [i, { cells, rows: all = [], asks }] of meant.entries()) {
      const row = rows[i]!;
      expect(cells.map(squeezed)).toContain(squeezed(row.text.range));
      if (asks) expect(row.state, cells.join(' | ')).not.toBe('ok');
      else if (row.rows.length === 0) refused.push(cells.join(' | '));
      else expect([cells.join(' | '), row.rows.map(understoodAs)]).toEqual([cells.join(' | '), all.map(meantAs)]);
    }
    expect(refused).toEqual([]);
  });
});
