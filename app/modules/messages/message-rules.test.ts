import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filesFault, fitOnPage, MOST_FILES, MOST_FILES_BYTES, MOST_TEXT, noticeFor, plainText, textFault } from './message-rules.ts';

describe('what a message may hold', () => {
  it('is something said or a file, of bounded length, without what cannot be seen', () => {
    expect(textFault('', 0)).toBe('needed');
    expect(textFault('', 1)).toBeUndefined();
    expect(textFault('长'.repeat(MOST_TEXT), 0)).toBeUndefined();
    expect(textFault('长'.repeat(MOST_TEXT + 1), 0)).toBe('too_long');
    for (const text of ['a\u0000b', 'a\u001bb', '\ud800', 'a\rb']) expect(textFault(text, 0)).toBe('bad_character');
    expect(textFault('第一行\n\t第二行 😀 <b>', 0)).toBeUndefined();
  });

  it('counts a line break once, whichever the browser sends', () => {
    expect(plainText(' 一\r\n二\r三\n ')).toBe('一\n二\n三');
  });

  it('is at most five files, not too large together', () => {
    expect(filesFault([])).toBeUndefined();
    expect(filesFault(Array(MOST_FILES).fill(1))).toBeUndefined();
    expect(filesFault(Array(MOST_FILES + 1).fill(1))).toBe('too_many');
    expect(filesFault([MOST_FILES_BYTES, 1])).toBe('together');
  });
});

describe('what a page shows', () => {
  const long = { text: '<'.repeat(MOST_TEXT), files: [] };

  it('is thirty short ones, fewer long ones, and the newest whatever it is', () => {
    expect(fitOnPage(Array(500).fill({ text: '好的', files: [] }))).toBe(30);
    expect(fitOnPage([long, long, long])).toBe(1);
    expect(fitOnPage([])).toBe(0);
  });

  it('shows one at least, and no more than there are', () => {
    const shown = fc.record({
      text: fc.string({ maxLength: MOST_TEXT }),
      files: fc.array(fc.record({ name: fc.string() }), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(shown, { minLength: 1, maxLength: 60 }), (rows) => {
        const count = fitOnPage(rows);
        expect(count).toBeGreaterThanOrEqual(1);
        expect(count).toBeLessThanOrEqual(Math.min(30, rows.length));
      }),
    );
  });
});

it('writes once for what is unread since a moment, then once a day', () => {
  const first = noticeFor(0, 0);
  expect(first).toEqual({ at: 600_000, day: 0 });
  expect(noticeFor(0, 86_399_999).day).toBe(0);
  expect(noticeFor(0, 86_400_000).day).toBe(1);
});
