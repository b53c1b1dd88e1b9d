import { describe, expect, it } from 'vitest';
import { calendarFile, event, OPTIONS, told } from '#tests/support/calendar-files.ts';
import { MOST_CALENDAR_BYTES } from './busy-times.ts';
import { readApart } from './read-apart.server.ts';
import { readCalendar } from './read-calendar.ts';

const HOUR = 3_600_000;
const stamp = (ms: number) => new Date(ms).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
/** Ten years up to two months ahead, as a much used calendar writes them. */
const longKept = (count: number, every: number) =>
  calendarFile(
    ...Array.from({ length: count }, (_, i) =>
      [
        'BEGIN:VEVENT',
        `DTSTART:${stamp(OPTIONS.span.until - i * every)}`,
        `DTEND:${stamp(OPTIONS.span.until - i * every + HOUR)}`,
        'DTSTAMP:20261123T000000Z',
        `UID:${i}abcdefghijklmnopqrstuvwxyz@google.example`,
        `DESCRIPTION:${'会议记录 '.repeat(16)}`,
        'SEQUENCE:0',
        'STATUS:CONFIRMED',
        `SUMMARY:第 ${i} 次`,
        'TRANSP:OPAQUE',
        'END:VEVENT',
      ].join('\r\n'),
    ),
  );
const refused = (reading: Awaited<ReturnType<typeof readApart>>) => ('fault' in reading ? reading.fault : 'read');

describe('reading apart', () => {
  it('gives the same answer', async () => {
    const text = calendarFile(event('DTSTART;TZID=W. Europe Standard Time:20261124T090000', 'DURATION:PT1H'));
    expect(await readApart(text, OPTIONS)).toEqual(readCalendar(text, OPTIONS));
  });

  it('gives up what has not ended in its time', async () => {
    const endless = Array.from({ length: 9_000 }, (_, i) =>
      event('DTSTART:20261124T010000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30').replace('one@', `${i}@`),
    );
    // A process is not even up by then.
    expect(refused(await readApart(calendarFile(...endless), OPTIONS, 20))).toBe('took_too_long');
  });

  it('reads a few at a time, and lets the others wait', async () => {
    const text = calendarFile(event('DTSTART:20261124T010000Z', 'DURATION:PT1H'));
    const readings = await Promise.all(Array.from({ length: 6 }, () => readApart(text, OPTIONS)));
    for (const reading of readings) expect(told(reading)).toEqual(['11-24 09:00–10:00']);
  });

  it('reads a feed of 5,000 events and two megabytes: what is over is passed over', async () => {
    const feed = longKept(5000, 17 * HOUR);
    expect(Buffer.byteLength(feed)).toBeGreaterThan(2 * 1024 * 1024);
    const reading = await readApart(feed, OPTIONS, 60_000);
    expect('fault' in reading ? reading.fault : [reading.events, reading.busy.length, reading.assumed]).toEqual([5000, 19, []]);
  });

  it('gives back more than ten megabytes unread', async () => {
    expect(await readApart('x'.repeat(MOST_CALENDAR_BYTES + 1), OPTIONS)).toEqual({ fault: 'too_large' });
  });

  it.each([
    ['events that say nothing', () => 'BEGIN:VEVENT\nEND:VEVENT\n', 'too_many_events'],
    ['events of one day', (i: number) => `BEGIN:VEVENT\nUID:${i}\nDTSTART:20261124\nEND:VEVENT\n`, 'too_many_events'],
    ['empty lines', () => '\n', 'read'],
  ])('ten megabytes of %s end', async (_what, piece, expected) => {
    const pieces: string[] = [];
    for (let i = 0, bytes = 0; bytes < MOST_CALENDAR_BYTES - 300; i++) bytes += pieces[pieces.push(piece(i)) - 1]?.length ?? 0;
    // On a busy machine it may be given up first.
    expect([expected, 'took_too_long']).toContain(refused(await readApart(calendarFile(pieces.join('')), OPTIONS)));
  });
});
