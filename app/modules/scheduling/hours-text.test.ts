import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysInNight, hoursFault, parseHours, printHours, unsoldOf } from './hours-text.ts';

type Ends = { from: string; until: string };
const WORDS = [
  ({ from, until }: Ends) => `${from}-次日${until}`,
  ({ from, until }: Ends) => `${from}-${until} next day`,
  ({ from, until }: Ends) => `${from} – ${until} (+1)`,
];

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
    // Case `night-hours`.
    ['22:00-06:00', [[1320, 1800]]],
    [
      '22-6, 8-12',
      [
        [480, 720],
        [1320, 1800],
      ],
    ],
    ['16:00～0:00', [[960, 1440]]],
    ['20:00至次日', undefined],
    ['18:30-02:30', [[1110, 1590]]],
    ['22:00至次日06:00', [[1320, 1800]]],
    ['22:00-06:00 next day', [[1320, 1800]]],
    ['22:00 to 06:00 the next day', [[1320, 1800]]],
    ['22:00 - next day 06:00', [[1320, 1800]]],
    ['22:00–06:00 (next day)', [[1320, 1800]]],
    ['22:00-06:00（次日）', [[1320, 1800]]],
    ['22:00-06:00(+1)', [[1320, 1800]]],
    ['22:00-06:00+1', [[1320, 1800]]],
    ['18:00-08:00 next day', [[1080, 1920]]],
    [
      '22:00-06:00 Next Day, 9:00 - 12:00',
      [
        [540, 720],
        [1320, 1800],
      ],
    ],
    [
      '8:00 to 12:00 22:00-次日 6:00',
      [
        [480, 720],
        [1320, 1800],
      ],
    ],
    ['8:00-次日9:00', undefined],
    ['8:30-11:45', [[510, 705]]],
    ['9:10-12:00', [[550, 720]]],
    ['', []],
    ['休息', []],
    ['Closed', []],
  ])('%s', (text, hours) => {
    expect(parseHours(text, 30)).toEqual(hours);
  });

  it.each([
    '9',
    '9:00',
    '12-9',
    '09:00-12:60',
    '9-25',
    '9-12, 11-13',
    '9:10-9:50',
    '22-6, 23-24',
    '24:00-6:00',
    '8:00-7:30',
    '22:00-30:00',
    'soon',
    'next day',
    '22:00-next day',
    '次日6:00-9:00',
    '8:00-9:00 next day',
    '9-9',
    '-5-3',
    '9-12-15',
  ])('%s is none', (text) => {
    expect(parseHours(text, 30)).toBeUndefined();
  });

  it('printed and read again are the same', () => {
    // In quarters of an hour, some on no grid of 30 minutes; the last may run over midnight.
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 32 }), { maxLength: 16 }).map((ends) => {
      const sorted = [...ends].sort((a, b) => a - b).map((step) => step * 45);
      return Array.from({ length: Math.floor(sorted.length / 2) }, (_, i) => [sorted[2 * i]!, sorted[2 * i + 1]!] as [number, number]);
    });
    const nights = fc.tuple(days, fc.integer({ min: 1, max: 16 }), fc.boolean()).map(([hours, steps, night]) => {
      const from = Math.max(960, ...hours.map(([, until]) => until));
      const until = 1440 + Math.min(steps * 45, 960 - (1440 - from));
      return night && from < 1440 && hours.length < 8 ? [...hours, [from, until] as [number, number]] : hours;
    });
    fc.assert(
      fc.property(nights, fc.constantFrom(...WORDS), (hours, words) => {
        expect(parseHours(printHours(hours, words), 30)).toEqual(hours);
      }),
    );
  });

  it('say which of their minutes are no whole cell, and all the others are', () => {
    expect(unsoldOf([[510, 705]], 30)).toEqual([[690, 705]]);
    expect(unsoldOf([[550, 720]], 30)).toEqual([[550, 570]]);
    expect(printHours(unsoldOf([[1310, 1810]], 30), WORDS[1]!)).toBe('21:50-22:00, 06:00-06:10 next day');
    expect(unsoldOf([[1320, 1800]], 60)).toEqual([]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 60, max: 900 }), fc.constantFrom(15, 30), (from, length, grid) => {
        const rest = unsoldOf([[from, from + length]], grid).reduce((sum, [begin, end]) => sum + end - begin, 0);
        expect((length - rest) % grid).toBe(0);
        expect(rest).toBeLessThan(2 * grid);
      }),
    );
  });

  it.each([
    ['17:30-08:30', 'reversed'],
    ['18:00-8:30', 'reversed'],
    ['12:00-09:00', 'reversed'],
    ['09:00-12:00, 11:00-15:00', 'overlap'],
    ['8-18, 9-10', 'overlap'],
    ['22:00-06:00, 23:00-24:00', 'overlap'],
    ['9am to 5', 'unread'],
    ['25:00-26:00', 'unread'],
    ['09:10-09:20', 'no_cell'],
    ['0-1,2-3,4-5,6-7,8-9,10-11,12-13,14-15,16-17', 'too_many'],
    ['09:00-17:00', undefined],
    ['22:00-06:00', undefined],
    ['18:00-次日08:00', undefined],
    ['18:00-08:00 next day', undefined],
    ['18:00-11:00 next day', 'reversed'],
    ['', undefined],
  ])('say what is wrong with %s', (text, fault) => {
    expect(hoursFault(text, 30)).toBe(fault);
    if (fault !== undefined) expect(parseHours(text, 30)).toBeUndefined();
  });

  it('whatever is written is read or refused', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60, unit: fc.constantFrom(...'0123456789:-~, 至休') }), (text) => {
        const hours = parseHours(text, 30);
        for (const [i, [from, until]] of (hours ?? []).entries()) expect(from < until && (i === 0 || hours![i - 1]![1] <= from)).toBe(true);
      }),
    );
  });

  it('are told from the night of the day before', () => {
    const day: [number, number][] = [[540, 1020]];
    const night: [number, number][] = [[1320, 1800]];
    expect(daysInNight([day, night, day, day, day, [], []])).toEqual([]);
    expect(daysInNight([day, night, [[300, 720]], day, day, [], []])).toEqual([2]);
    // Sunday's night ends on Monday.
    expect(daysInNight([[[0, 1440]], day, day, day, day, [], night])).toEqual([0]);
    expect(daysInNight([[[360, 720]], day, day, day, day, [], night])).toEqual([]);
  });
});
