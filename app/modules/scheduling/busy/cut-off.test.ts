import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarFile, event, OPTIONS, SPAN, told } from '#tests/support/calendar-files.ts';
import { readCalendar } from './read-calendar.ts';

const read = (text: string, options = OPTIONS) => {
  const reading = readCalendar(text, options);
  if ('fault' in reading) throw new Error(reading.fault);
  return reading;
};
/** When it is busy, without what was assumed. */
const times = (text: string) => told({ ...read(text), unread: [], assumed: [] });
const reasons = (text: string) => read(text).assumed.map(({ reason }) => reason);
const EVENT = ['DTSTART:20261124T010000Z', 'DTEND:20261124T020000Z'];
/** The file up to where `text` ends the first time. */
const upTo = (file: string, text: string) => file.slice(0, file.indexOf(text) + text.length);

describe('a calendar that breaks off', () => {
  it('blocks what it says, and names the line it ends behind', () => {
    const file = calendarFile(event(...EVENT), event('DTSTART:20261126T010000Z', 'DURATION:PT1H').replace('one@', 'two@'));
    const cut = file.replace('END:VCALENDAR\r\n', '');
    expect(times(cut)).toEqual(['11-24 09:00–10:00', '11-26 09:00–10:00']);
    expect(read(cut)).toMatchObject({ whole: false, assumed: [{ reason: 'cut_off', lines: [11] }] });
    expect(read(file)).toMatchObject({ whole: true, assumed: [] });
    expect(told(readCalendar('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n', OPTIONS))).toBe('cut_off');
  });

  it.each([
    ['its end is not reached: the day', upTo(calendarFile(event(...EVENT)), 'DTSTART:20261124T010000Z\r\n'), ['11-23 00:00–11-26 00:00']],
    ['its end may go on: the day', upTo(calendarFile(event(...EVENT)), 'DTEND:20261124T02'), ['11-24 00:00–11-25 00:00']],
    ['its end was followed by more', upTo(calendarFile(event(...EVENT, 'SEQUENCE:1')), 'SEQUENCE'), ['11-24 09:00–10:00']],
    ['a COUNT of 1 may be one of 10', upTo(calendarFile(event(...EVENT, 'RRULE:FREQ=DAILY;COUNT=10')), 'COUNT=1'), 13],
    [
      'a day less may be a moment',
      upTo(calendarFile(event(...EVENT, 'RRULE:FREQ=DAILY', 'EXDATE:20261125T010000Z')), 'EXDATE:20261125'),
      13,
    ],
    ['cancelled may be another word', upTo(calendarFile(event(...EVENT, 'STATUS:CANCELLED')), 'CANCELLED'), ['11-24 09:00–10:00']],
    [
      'it takes no other’s place',
      upTo(
        calendarFile(event(...EVENT, 'RRULE:FREQ=DAILY'), event('SEQUENCE:9', 'DTSTART:20261130T010000Z')),
        'SEQUENCE:9\r\nDTSTART:20261130',
      ),
      // Ten days at nine, and the three days of 29 November to 1 December.
      11,
    ],
    [
      'a change of one occurrence keeps both',
      upTo(
        calendarFile(event(...EVENT), event('DTSTART:20261126T010000Z', 'DTEND:20261126T020000Z', 'RECURRENCE-ID:20261124T010000Z')),
        'RECURRENCE-ID:20261124T010000Z',
      ),
      ['11-24 09:00–10:00', '11-26 09:00–10:00'],
    ],
    [
      'a stretch without its end takes its day',
      upTo(calendarFile('BEGIN:VFREEBUSY\r\nFREEBUSY:20261124T010000Z/PT1H,20261126T010000Z/PT9H'), '20261126T010000Z/PT9'),
      ['11-24 09:00–10:00', '11-26 00:00–11-27 00:00'],
    ],
    ['another calendar begins in it', `${upTo(calendarFile(event(...EVENT)), 'END:VEVENT')}\r\n${calendarFile()}`, ['11-24 09:00–10:00']],
  ])('%s', (_name, text, expected) => {
    const busy = times(text);
    if (typeof expected === 'number') expect(busy).toHaveLength(expected);
    else expect(busy).toEqual(expected);
    expect(reasons(text)).toContain('cut_off');
  });

  it('wherever it breaks off, no event is free whose end or whose day it still says', () => {
    const starts = fc.array(fc.record({ day: fc.integer({ min: 2, max: 11 }), hour: fc.integer({ min: 0, max: 22 }) }), {
      minLength: 1,
      maxLength: 5,
    });
    const rest = fc.constantFrom([], ['RRULE:FREQ=WEEKLY;COUNT=12'], ['EXDATE:20261230T010000Z'], ['TRANSP:OPAQUE', 'SUMMARY:占用']);
    fc.assert(
      fc.property(starts, rest, fc.nat(), (all, more, at) => {
        const parts = all.map(({ day, hour }, i) => {
          const from = SPAN.from + day * 86_400_000 + hour * 3_600_000;
          const stamp = (ms: number) => new Date(ms).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
          return { from, text: event(`DTSTART:${stamp(from)}`, `DTEND:${stamp(from + 3_600_000)}`, ...more).replace('one@', `${i}@`) };
        });
        const file = calendarFile(...parts.map(({ text }) => text));
        const cut = file.slice(0, at % file.length);
        const reading = readCalendar(cut, OPTIONS);
        const busy = 'fault' in reading ? [] : reading.busy;
        for (const { from, text } of parts) {
          const said = cut.length - file.indexOf(text);
          if (said < text.indexOf('DTSTART:') + 'DTSTART:20261124'.length) continue;
          expect(busy.some((time) => time.from <= from && time.until >= from + 3_600_000)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('times that name no zone', () => {
  const floating = (zone: string, ...lines: string[]) => calendarFile(`X-WR-TIMEZONE:${zone}`, event(...lines));
  const NINE = ['DTSTART:20261124T090000', 'DTEND:20261124T100000'];

  it.each([
    ['Europe/Berlin', ['11-24 16:00–17:00'], [['calendar_zone', 'Europe/Berlin']]],
    ['W. Europe Standard Time', ['11-24 16:00–17:00'], [['calendar_zone', 'W. Europe Standard Time']]],
    ['UTC', ['11-24 17:00–18:00'], [['calendar_zone', 'UTC']]],
    // The centre's own: nothing was assumed.
    ['Asia/Shanghai', ['11-24 09:00–10:00'], []],
    ['', ['11-24 09:00–10:00'], []],
    ['Middle-earth/Shire', ['11-24 09:00–10:00'], [['zone', 'Middle-earth/Shire']]],
    ['(UTC+09:00) Somewhere', ['11-24 08:00–09:00'], [['zone_offset', '(UTC+09:00) Somewhere']]],
  ])('are on that of their calendar, and say so: %s', (zone, expected, assumed) => {
    const reading = read(floating(zone, ...NINE));
    expect(times(floating(zone, ...NINE))).toEqual(expected);
    expect(reading.assumed.map(({ reason, found }) => [reason, found])).toEqual(assumed);
  });

  it('count by what the file describes under the calendar’s name first', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Home',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0500',
      'TZOFFSETTO:+0500',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    expect(times(calendarFile('X-WR-TIMEZONE:Home', zone.join('\r\n'), event(...NINE)))).toEqual(['11-24 12:00–13:00']);
  });

  it('are not those that name one, nor whole days, nor those of another calendar', () => {
    expect(times(floating('Europe/Berlin', 'DTSTART;TZID=Asia/Tokyo:20261124T090000', 'DURATION:PT1H'))).toEqual(['11-24 08:00–09:00']);
    expect(times(floating('Europe/Berlin', 'DTSTART:20261124T010000Z', 'DTEND:20261124T100000'))).toEqual(
      times(calendarFile(event('DTSTART:20261124T010000Z', 'DTEND:20261124T100000'))),
    );
    const day = floating('America/New_York', 'DTSTART;VALUE=DATE:20261124');
    expect([times(day), read(day).assumed]).toEqual([['11-24 00:00–11-25 00:00'], []]);
    const two =
      floating('Europe/Berlin', ...NINE) + calendarFile(event('DTSTART:20261126T090000', 'DURATION:PT1H').replace('one@', 'two@'));
    expect(times(two)).toEqual(['11-24 16:00–17:00', '11-26 09:00–10:00']);
  });

  it('repeat, and leave out, on the calendar’s clock', () => {
    const text = floating('Europe/Berlin', ...NINE, 'RRULE:FREQ=DAILY;COUNT=3', 'EXDATE:20261125T090000');
    expect(times(text)).toEqual(['11-24 16:00–17:00', '11-26 16:00–17:00']);
  });
});
