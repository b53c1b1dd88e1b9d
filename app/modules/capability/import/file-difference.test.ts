import { describe, expect, it } from 'vitest';
import { parseUnit } from '../rules/units/units.server.ts';
import { type StoredRow, valuesOf } from './compare-scope.ts';
import { CONFIRMED, NO_DECISIONS } from './decisions.ts';
import { compareFile } from './file-difference.ts';
import { judgeRow, type Note, type RowText, type ScopeRow } from './judge-row.ts';
import { questionsOf, type ReviewRow, reviewRow } from './review-rows.ts';

const SETTINGS = { k: 2, field: 'dimensional' as const };
const text = (changes: RowText = {}): RowText => ({
  instrument: '千分尺',
  measurand: '示值误差',
  method: 'JJG 21-2008',
  range: '(0~25) mm',
  uncertainty: 'U=1 μm',
  ...changes,
});
const read = (changes?: RowText) => judgeRow(text(changes), SETTINGS, parseUnit);
const readRow = (changes?: RowText): ScopeRow => read(changes).rows[0]!;
const stored = (id: string, changes?: RowText): StoredRow => ({ ...valuesOf(readRow(changes), null), id });
const row = (line: number, changes?: RowText): ReviewRow =>
  reviewRow({ key: `0:${line}`, sheet: 0, line, text: text(changes), ...read(changes) }, NO_DECISIONS);
const leftOut = (one: ReviewRow): ReviewRow => ({ ...one, state: 'left' });

/** A row that cannot be read before somebody says what its percentage is of. */
const asking = (line: number, changes?: RowText): ReviewRow => {
  const question = { key: 'percent_of|%', choices: ['reading', 'span'] };
  const note: Note = { code: 'percent_without_rel', weight: 'reject', column: 'uncertainty', found: '0.3 %', question };
  return { ...row(line, changes), status: 'reject', state: 'review', notes: [note], rows: [] };
};
const READINGS: Record<string, RowText> = { reading: { uncertainty: 'Urel=0.3 %' }, span: { uncertainty: 'U=0.3 %FS' } };
const compare = (scope: StoredRow[], rows: ReviewRow[]) =>
  compareFile(scope, rows, {
    accreditationId: null,
    parseUnit,
    readingsOf: (one) => (one.rows.length > 0 ? [one.rows] : Object.values(READINGS).map((changes) => [readRow(changes)])),
  });
const ids = (rows: StoredRow[]) => rows.map(({ id }) => id);

describe('a row that was not taken is in the file all the same', () => {
  const scope = [stored('a'), stored('b', { range: '(25~50) mm' }), stored('c', { instrument: '卡尺', method: 'JJG 30-2012' })];
  it.each<[string, ReviewRow, string[], string[]]>([
    ['not understood', row(2, { uncertainty: 'see table' }), ['a'], ['b', 'c']],
    ['undecided', row(2, { range: '≤25 mm', uncertainty: 'U=2 μm' }), ['a'], ['b', 'c']],
    ['left out', leftOut(row(2)), ['a'], ['b', 'c']],
    ['its range is not understood: it may be any of the instrument', row(2, { range: '看附表' }), ['a', 'b'], ['c']],
    ['its range stands in two columns', row(2, { range: '', range_min: '0 mm', range_max: '25 mm', uncertainty: '?' }), ['a', 'b'], ['c']],
    ['its method is written otherwise', row(2, { method: 'JJG21-2008', uncertainty: '?' }), ['a'], ['b', 'c']],
    ['no method is stated', row(2, { method: '', uncertainty: '?' }), ['a'], ['b', 'c']],
    ['another method', row(2, { method: 'JJF 1-2000', uncertainty: '?' }), [], ['a', 'b', 'c']],
    ['no instrument is stated: it may be any of the range', row(2, { instrument: '', uncertainty: '?' }), ['a'], ['b', 'c']],
    ['the range in another unit', row(2, { range: '(0~0.025) m', uncertainty: '?' }), ['a'], ['b', 'c']],
  ])('%s', (_, one, waiting, missing) => {
    const difference = compare(scope, [one]);
    expect([ids(difference.waiting), ids(difference.missing)]).toEqual([waiting, missing]);
  });
});

describe('a question whose answer the scope has', () => {
  it('is not asked again where one of its readings is what is stored', () => {
    for (const answer of Object.values(READINGS)) {
      const difference = compare([stored('a', answer)], [asking(2)]);
      expect(difference).toMatchObject({ same: 1, missing: [], waiting: [], changed: [], added: [] });
      expect(difference.rows[0]).toMatchObject({ state: 'ok', settled: true });
    }
  });
  it('is asked where the scope says something else under each', () => {
    expect(compare([stored('a', { uncertainty: 'Urel=0.2 %' })], [asking(2)])).toMatchObject({
      same: 0,
      rows: [{ state: 'review', settled: false }],
    });
  });
  it('is asked of the second row where the scope has one', () => {
    expect(compare([stored('a', READINGS.span)], [asking(2), asking(3)]).rows.map(({ state }) => state)).toEqual(['ok', 'review']);
  });
  it('is not asked of what was confirmed when it was stored', () => {
    expect(compare([stored('a', { range: '(0~25) mm' })], [row(2, { range: '≤25 mm' })])).toMatchObject({
      same: 1,
      rows: [{ state: 'ok', settled: true }],
    });
  });
});

it('rows that say the same find one another, in whichever order they stand', () => {
  const scope = [stored('a'), stored('b', { uncertainty: 'U=2 μm' })];
  expect(
    compare(scope, [
      { ...row(2, { uncertainty: 'U=2 μm' }), state: 'ok' },
      { ...row(3), state: 'ok' },
    ]),
  ).toMatchObject({ same: 2, changed: [] });
});

it('a file in English alone takes no Chinese name away, and is the same row', () => {
  const scope = [stored('a', { instrument_en: 'Micrometer', measurand_en: 'Error of indication' })];
  const english = { instrument: '', instrument_en: 'Micrometer', measurand: '', measurand_en: 'Error of indication' };
  expect(compare(scope, [row(2, english)])).toMatchObject({ same: 1, added: [], missing: [] });
  const { changed } = compare(scope, [row(2, { ...english, uncertainty: 'U=2 μm' })]);
  expect(changed).toMatchObject([{ id: 'a', values: { instrumentZh: '千分尺', measurandZh: '示值误差', instrumentEn: 'Micrometer' } }]);
});

it('the level of confidence stays while U and k do; another k is a change', () => {
  const scope = [{ ...stored('a', { k: '3' }), comparisonFactor: 2 / 3, confidence: 0.997 }];
  expect(compare(scope, [row(2, { k: '3' })])).toMatchObject({ same: 1 });
  expect(compare(scope, [row(2, { k: '2' })]).changed).toMatchObject([
    { values: { coverageFactor: 2, comparisonFactor: 1, confidence: null } },
  ]);
});

describe('questions', () => {
  it('stand once with all their rows, those that wait for most rows first', () => {
    const rows = [row(2, { range: '≤25 mm' }), asking(3), asking(4), leftOut(asking(5)), row(6, { range: '≤25 mm', uncertainty: '?' })];
    expect(questionsOf(rows).map(({ key, plain, open, choices }) => ({ key, plain, open, choices }))).toEqual([
      { key: 'percent_of|%', plain: false, open: ['0:3', '0:4'], choices: ['reading', 'span'] },
      { key: 'lower_bound_assumed|range', plain: true, open: ['0:2'], choices: [CONFIRMED] },
    ]);
  });
  it('say what was chosen for how many', () => {
    const one = asking(2);
    const [note] = one.notes as [Note];
    const decided = (line: number, answer: string): ReviewRow => ({ ...row(line), state: 'ok', decided: [{ note, answer }] });
    expect(questionsOf([decided(2, 'span'), decided(3, 'reading'), decided(4, 'span'), asking(5)])).toMatchObject([
      {
        open: ['0:5'],
        decided: [
          { answer: 'span', rows: ['0:2', '0:4'] },
          { answer: 'reading', rows: ['0:3'] },
        ],
      },
    ]);
  });
});
