import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  withAnswer,
  withFill,
  withLeave,
  withoutConfirmations,
  withoutFill,
  withoutRowAnswers,
  withoutText,
  withRowAnswers,
  withText,
} from './change-decisions.ts';
import { answersOf, CONFIRMED, type Decisions, NO_DECISIONS } from './decisions.ts';

it('what is decided and taken back leaves nothing behind', () => {
  const rows = new Map([['0:2', 'reading']]);
  const steps: [(d: Decisions) => Decisions, (d: Decisions) => Decisions][] = [
    [(d) => withAnswer(d, 'q', 'a'), (d) => withAnswer(d, 'q', null)],
    [(d) => withRowAnswers(d, 'q', rows), (d) => withRowAnswers(d, 'q', new Map([['0:2', null]]))],
    [(d) => withRowAnswers(d, 'q', rows), (d) => withoutRowAnswers(d, 'q')],
    [(d) => withText(d, '0:2', { range: '1 mm' }), (d) => withoutText(d, '0:2')],
    [(d) => withLeave(d, ['0:2'], true), (d) => withLeave(d, ['0:2'], false)],
    [(d) => withFill(d, { column: 'method', value: 'x' }), (d) => withoutFill(d, 0)],
  ];
  for (const [decide, undo] of steps) {
    const decided = decide(NO_DECISIONS);
    expect(decided).not.toEqual(NO_DECISIONS);
    expect(undo(decided)).toEqual(NO_DECISIONS);
  }
});

it('a row’s own answer goes before that of the file, and outlives it', () => {
  const decided = withAnswer(withRowAnswers(NO_DECISIONS, 'q', new Map([['0:2', 'span']])), 'q', 'reading');
  expect(['0:2', '0:3'].map((key) => answersOf(decided, key)('q'))).toEqual(['span', 'reading']);
  expect(['0:2', '0:3'].map((key) => answersOf(withAnswer(decided, 'q', null), key)('q'))).toEqual(['span', undefined]);
});

it('a correction keeps that the row is left out, and drops what was answered about the text before', () => {
  const decided = withRowAnswers(withLeave(NO_DECISIONS, ['0:2'], true), 'q', new Map([['0:2', 'a']]));
  expect(withText(decided, '0:2', { range: '1 mm' }).rows).toEqual({ '0:2': { leave: true, text: { range: '1 mm' } } });
  expect(withoutText(withText(decided, '0:2', { range: '1 mm' }), '0:2').rows).toEqual({ '0:2': { leave: true } });
});

it('other columns take back confirmations of their sheet, not choices, corrections or what is left out', () => {
  const answers = { plain: CONFIRMED, percent: 'reading' };
  const rows = { '0:2': { answers, text: { k: '2' }, leave: true }, '1:2': { answers } };
  expect(withoutConfirmations({ ...NO_DECISIONS, rows }, [0]).rows).toEqual({
    '0:2': { answers: { percent: 'reading' }, text: { k: '2' }, leave: true },
    '1:2': { answers },
  });
});

it('of a row one fill of a column holds: what was said last of it, else what was said last of the file', () => {
  const keys = ['0:1', '0:2', '0:3'];
  const input = fc.record({
    value: fc.constantFrom('a', 'b', 'c'),
    rows: fc.option(fc.subarray(keys, { minLength: 1 }), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(input, { maxLength: 8 }), (inputs) => {
      let decisions = NO_DECISIONS;
      for (const { value, rows } of inputs) decisions = withFill(decisions, { column: 'method', value, ...(rows ? { rows } : {}) });
      for (const key of keys) {
        const said = inputs.filter(({ rows }) => rows?.includes(key)).at(-1) ?? inputs.filter(({ rows }) => !rows).at(-1);
        expect(decisions.fills.find(({ rows }) => !rows || rows.includes(key))?.value).toBe(said?.value);
      }
      expect(decisions.fills.filter(({ rows }) => !rows).length).toBeLessThanOrEqual(1);
      expect(decisions.fills.flatMap(({ rows = [] }) => rows).length).toBeLessThanOrEqual(keys.length);
    }),
  );
});
