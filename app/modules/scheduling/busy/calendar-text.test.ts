import { describe, expect, it } from 'vitest';
import { calendarText } from './calendar-text.ts';

const TEXT = 'BEGIN:VCALENDAR\r\nX:占用\r\n';
const little = (text: string) => Buffer.from(text, 'utf16le');

describe('the letters of a calendar file', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8, marked', Buffer.from(`\uFEFF${TEXT}`)],
    ['UTF-16, low byte first', little(`\uFEFF${TEXT}`)],
    ['UTF-16, high byte first', little(`\uFEFF${TEXT}`).swap16()],
    ['UTF-16 without a mark', little(TEXT)],
    ['UTF-16, high byte first, without a mark', little(TEXT).swap16()],
  ])('%s', (_what, bytes) => {
    expect(calendarText(bytes)).toBe(TEXT);
  });

  it('are read where some cannot be', () => {
    expect(calendarText(Buffer.from([0x42, 0xc5, 0x0d, 0x0a, 0x43]))).toBe('B\uFFFD\r\nC');
    expect(calendarText(Buffer.from('B'))).toBe('B');
    expect(calendarText(Buffer.alloc(0))).toBe('');
  });
});
