import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHours, printHours } from './hours-text.ts';

describe('hours of a day', () => {
  it.each([
    [
      '09:00-12:00, 13:30-17:30',
      [
        [540, 720],
        [810, 1050],
      ],
    ],
    [
      '9-12 13:30-17:30',
      [
        [540, 720],
        [810, 1050],
      ],
    ],
    ['９：００～１２：００', [[540, 720]]],
    [
      '13:30至17:30、9:00到12:00',
      [
        [540, 720],
        [810, 1050],
      ],
    ],
    ['0:00-24:00', [[0, 1440]]],
    ['', []],
    ['休息', []],
    ['Closed', []],
  ])('%s', (text, hours) => {
    expect(parseHours(text, 30)).toEqual(hours);
  });

  it.each(['9', '9:00', '12-9', '09:00-12:60', '9-25', '9-12, 11-13', '9:10-12:00', 'soon', '9-9', '-5-3', '9-12-15'])(
    '%s is none',
    (text) => {
      expect(parseHours(text, 30)).toBeUndefined();
    },
  );

  it('printed and read again are the same', () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 48 }), { maxLength: 16 }).map((ends) => {
      const sorted = [...ends].sort((a, b) => a - b).map((half) => half * 30);
      return Array.from({ length: Math.floor(sorted.length / 2) }, (_, i) => [sorted[2 * i]!, sorted[2 * i + 1]!] as [number, number]);
    });
    fc.assert(
      fc.property(days, (hours) => {
        expect(parseHours(printHours(hours), 30)).toEqual(hours);
      }),
    );
  });

  it('whatever is written is read or refused', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60, unit: fc.constantFrom(...'0123456789:-~, 至休') }), (text) => {
        const hours = parseHours(text, 30);
        for (const [i, [from, until]] of (hours ?? []).entries()) expect(from < until && (i === 0 || hours![i - 1]![1] <= from)).toBe(true);
      }),
    );
  });
});
