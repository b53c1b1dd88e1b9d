import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_TEXT, plainText, readDay, readPrice, textFault } from './enquiry-rules.ts';

describe('an enquiry', () => {
  it('says something, of bounded length, without what cannot be seen', () => {
    expect(textFault(plainText(' \r\n '))).toBe('needed');
    expect(textFault('长'.repeat(MOST_TEXT))).toBeUndefined();
    expect(textFault('长'.repeat(MOST_TEXT + 1))).toBe('too_long');
    for (const text of ['a\u001bb', '\ud800']) expect(textFault(text)).toBe('bad_character');
    expect(plainText('一\r\n二\r三')).toBe('一\n二\n三');
  });

  it('names a day from today on, or none', () => {
    expect(readDay('', '2026-11-28')).toBe('');
    expect(readDay('2026-11-28', '2026-11-28')).toBe('2026-11-28');
    expect(readDay('2026-11-27', '2026-11-28')).toBe('past');
    for (const odd of ['2026-02-30', '28.11.2026', '2099-01-01', '2026-13-01', 'x']) expect(readDay(odd, '2026-11-28')).toBe('unreadable');
  });
});

describe('a price', () => {
  it('is read as people type it', () => {
    for (const [typed, cents] of [
      ['380', 38_000],
      ['1,280.50', 128_050],
      ['¥３８０', 38_000],
      ['', null],
    ] as const)
      expect(readPrice(typed)).toBe(cents);
    for (const odd of ['0', '-1', '1.234', '三百', '1e3', '380元起', '9999999999']) expect(readPrice(odd)).toBe('unreadable');
  });

  it('comes back as it was typed', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), (cents) => readPrice((cents / 100).toFixed(2)) === cents));
  });
});
