import fc from 'fast-check';
import ical from 'ical-generator';
import { describe, expect, it } from 'vitest';
import { calendarFile, event, OPTIONS, SPAN, told, zoneOf } from '#tests/support/calendar-files.ts';
import { readCalendar } from './read-calendar.ts';

const BERLIN = zoneOf(
  'W. Europe Standard Time',
  'STANDARD 16010101T030000 +0200 +0100 RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
  'DAYLIGHT 16010101T020000 +0100 +0200 RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
);

/** What it is, the file, what is busy. Written from RFC 5545 and from what calendar programs send. */
const CORPUS: [string, string, string[] | string][] = [
  ['an event in UTC', calendarFile(event('DTSTART:20261124T010000Z', 'DTEND:20261124T020000Z')), ['11-24 09:00–10:00']],
  ['a time in no zone is the centre’s', calendarFile(event('DTSTART:20261124T090000', 'DTEND:20261124T103000')), ['11-24 09:00–10:30']],
  [
    'a zone by its name, undescribed',
    calendarFile(event('DTSTART;TZID=Europe/Berlin:20261124T090000', 'DTEND;TZID=Europe/Berlin:20261124T100000')),
    ['11-24 16:00–17:00'],
  ],
  [
    'begin and end in two zones',
    calendarFile(event('DTSTART;TZID=Asia/Tokyo:20261124T100000', 'DTEND;TZID=Europe/Berlin:20261124T040000')),
    ['11-24 09:00–11:00'],
  ],
  [
    'a registry before the name',
    calendarFile(event('DTSTART;TZID=/example.org/20260101/Europe/Berlin:20261124T090000', 'DURATION:PT1H')),
    ['11-24 16:00–17:00'],
  ],
  [
    'Outlook’s zone as the file describes it',
    calendarFile(BERLIN, event('DTSTART;TZID=W. Europe Standard Time:20261124T090000', 'DURATION:PT1H')),
    ['11-24 16:00–17:00'],
  ],
  [
    'Outlook’s zone in quotes',
    calendarFile(BERLIN, event('DTSTART;TZID="W. Europe Standard Time":20261124T090000', 'DURATION:PT1H')),
    ['11-24 16:00–17:00'],
  ],
  ['a whole day is one of the centre’s', calendarFile(event('DTSTART;VALUE=DATE:20261124')), ['11-24 00:00–11-25 00:00']],
  ['whole days', calendarFile(event('DTSTART;VALUE=DATE:20261124', 'DTEND;VALUE=DATE:20261126')), ['11-24 00:00–11-26 00:00']],
  [
    'a whole day that ends on itself',
    calendarFile(event('DTSTART;VALUE=DATE:20261124', 'DTEND;VALUE=DATE:20261124')),
    ['11-24 00:00–11-25 00:00'],
  ],
  ['a duration in days', calendarFile(event('DTSTART;VALUE=DATE:20261124', 'DURATION:P2D')), ['11-24 00:00–11-26 00:00']],
  [
    'what touches is one',
    calendarFile(
      event('DTSTART:20261124T010000Z', 'DURATION:PT1H'),
      event('DTSTART:20261124T020000Z', 'DURATION:PT30M').replace('one@', 'two@'),
    ),
    ['11-24 09:00–10:30'],
  ],
  ['cancelled', calendarFile(event('DTSTART:20261124T010000Z', 'DURATION:PT1H', 'STATUS:CANCELLED')), []],
  ['tentative is busy', calendarFile(event('DTSTART:20261124T010000Z', 'DURATION:PT1H', 'STATUS:TENTATIVE')), ['11-24 09:00–10:00']],
  ['shown as free', calendarFile(event('DTSTART:20261124T010000Z', 'DURATION:PT1H', 'TRANSP:TRANSPARENT')), []],
  ['shown as free, Exchange', calendarFile(event('DTSTART:20261124T010000Z', 'DURATION:PT1H', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE')), []],
  ['over before the span', calendarFile(event('DTSTART:20261120T010000Z', 'DURATION:PT1H')), []],
  ['cut at the span’s edge', calendarFile(event('DTSTART:20261122T150000Z', 'DURATION:PT2H')), ['11-23 00:00–01:00']],
  [
    'every week',
    calendarFile(event('DTSTART;TZID=Asia/Shanghai:20250106T090000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;BYDAY=MO')),
    ['11-23 09:00–10:00', '11-30 09:00–10:00'],
  ],
  [
    'until an instant: the last one counts',
    calendarFile(event('DTSTART;TZID=Asia/Shanghai:20261123T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20261125T010000Z')),
    ['11-23 09:00–10:00', '11-24 09:00–10:00', '11-25 09:00–10:00'],
  ],
  [
    'until a day',
    calendarFile(event('DTSTART;TZID=Asia/Shanghai:20261123T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20261124')),
    ['11-23 09:00–10:00', '11-24 09:00–10:00'],
  ],
  [
    'whole days until an instant: the day it is on the centre’s clock',
    calendarFile(event('DTSTART;VALUE=DATE:20261123', 'RRULE:FREQ=DAILY;UNTIL=20261124T160000Z')),
    ['11-23 00:00–11-26 00:00'],
  ],
  [
    'so many times',
    calendarFile(event('DTSTART;VALUE=DATE:20261123', 'RRULE:FREQ=DAILY;INTERVAL=2;COUNT=2')),
    ['11-23 00:00–11-24 00:00', '11-25 00:00–11-26 00:00'],
  ],
  [
    'the last Friday of a month',
    calendarFile(event('DTSTART:20260130T010000Z', 'DURATION:PT1H', 'RRULE:FREQ=MONTHLY;BYDAY=-1FR')),
    ['11-27 09:00–10:00'],
  ],
  [
    'exceptions, several and unordered',
    calendarFile(
      event(
        'DTSTART;TZID=Asia/Shanghai:20261123T090000',
        'DURATION:PT1H',
        'RRULE:FREQ=DAILY;COUNT=5',
        'EXDATE;TZID=Asia/Shanghai:20261126T090000,20261101T090000',
        'EXDATE:20261124T010000Z',
      ),
    ),
    ['11-23 09:00–10:00', '11-25 09:00–10:00', '11-27 09:00–10:00'],
  ],
  [
    'an exception by its day',
    calendarFile(
      event('DTSTART;TZID=Asia/Shanghai:20261123T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=2', 'EXDATE;VALUE=DATE:20261124'),
    ),
    ['11-23 09:00–10:00'],
  ],
  [
    'added dates',
    calendarFile(
      event(
        'DTSTART;TZID=Asia/Shanghai:20261123T090000',
        'DURATION:PT1H',
        'RDATE;TZID=Asia/Shanghai:20261125T140000',
        'RDATE;VALUE=PERIOD:20261126T010000Z/PT1H',
      ),
    ),
    ['11-23 09:00–10:00', '11-25 14:00–15:00', '11-26 09:00–10:00'],
  ],
  [
    'one occurrence moved, one cancelled',
    calendarFile(
      event('DTSTART;TZID=Asia/Shanghai:20261123T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3'),
      event('RECURRENCE-ID;TZID=Asia/Shanghai:20261124T090000', 'DTSTART;TZID=Asia/Shanghai:20261124T150000', 'DURATION:PT2H'),
      event('RECURRENCE-ID:20261125T010000Z', 'DTSTART:20261125T010000Z', 'STATUS:CANCELLED'),
    ),
    ['11-23 09:00–10:00', '11-24 15:00–17:00'],
  ],
  [
    'moved into the span from long before',
    calendarFile(
      event('DTSTART:20260101T010000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3'),
      event('RECURRENCE-ID:20260102T010000Z', 'DTSTART:20261124T010000Z', 'DURATION:PT1H'),
    ),
    ['11-24 09:00–10:00'],
  ],
  [
    'this one and all after it are later',
    calendarFile(
      event('DTSTART;TZID=Asia/Shanghai:20261123T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=4'),
      event(
        'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Asia/Shanghai:20261125T090000',
        'DTSTART;TZID=Asia/Shanghai:20261125T140000',
        'DURATION:PT30M',
      ),
    ),
    ['11-23 09:00–10:00', '11-24 09:00–10:00', '11-25 14:00–14:30', '11-26 14:00–14:30'],
  ],
  [
    'a changed occurrence that came alone',
    calendarFile(event('RECURRENCE-ID:20261124T010000Z', 'DTSTART:20261124T030000Z', 'DURATION:PT1H')),
    ['11-24 11:00–12:00'],
  ],
  [
    'daylight saving keeps the clock',
    calendarFile(event('DTSTART;TZID=Europe/Berlin:20260701T080000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;BYDAY=TU')),
    ['11-24 15:00–16:00', '12-01 15:00–16:00'],
  ],
  [
    'free and busy',
    calendarFile(
      [
        'BEGIN:VFREEBUSY',
        'FREEBUSY;FBTYPE=BUSY:20261124T010000Z/20261124T020000Z,20261125T010000Z/PT30M',
        'FREEBUSY;FBTYPE=FREE:20261126T010000Z/PT1H',
        'FREEBUSY:20261127T010000Z/PT1H',
        'END:VFREEBUSY',
      ].join('\r\n'),
    ),
    ['11-24 09:00–10:00', '11-25 09:00–09:30', '11-27 09:00–10:00'],
  ],
  [
    'our own feed come back',
    calendarFile(event('DTSTART:20261124T010000Z', 'DURATION:PT1H').replace('one@example.test', 'HJ-1@hengji.example')),
    [],
  ],
  [
    'folded lines, line feeds alone, small letters',
    calendarFile(
      'begin:vevent',
      'uid:a',
      'dtstart;tzid=Asia/',
      ' Shanghai:20261124T0',
      '\t90000',
      'duration:PT1H',
      'end:vevent',
    ).replaceAll('\r\n', '\n'),
    ['11-24 09:00–10:00'],
  ],
  [
    'a byte order mark, lines before the end',
    `\uFEFF${calendarFile(event('DTSTART:20261124T010000Z', 'DURATION:PT1H'))}\r\n\r\n`,
    ['11-24 09:00–10:00'],
  ],
  [
    'two calendars one behind the other',
    calendarFile(event('DTSTART:20261124T010000Z', 'DURATION:PT1H')) +
      calendarFile(event('DTSTART:20261125T010000Z', 'DURATION:PT1H').replace('one@', 'two@')),
    ['11-24 09:00–10:00', '11-25 09:00–10:00'],
  ],
  [
    'alarms and to-dos are no time',
    calendarFile(
      event('DTSTART:20261124T010000Z', 'DURATION:PT1H', 'BEGIN:VALARM', 'TRIGGER:nonsense', 'DURATION:PT5H', 'END:VALARM'),
      'BEGIN:VTODO\r\nDTSTART:20261125T010000Z\r\nDURATION:PT1H\r\nEND:VTODO',
    ),
    ['11-24 09:00–10:00'],
  ],
  ['no calendar', 'BEGIN:VCARD\r\nEND:VCARD', 'not_calendar'],
  ['a page', '<!doctype html><title>Sign in</title>', 'not_calendar'],
  ['nothing', '', 'not_calendar'],
  ['an empty calendar', calendarFile(), []],
  [
    'half of a file',
    calendarFile(event('DTSTART:20261124T010000Z', 'DURATION:PT1H')).slice(0, -30),
    ['11-24 00:00–11-25 00:00', '6 cut_off', '6 end'],
  ],
  ['a file that ends before it begins', calendarFile().replace('END:VCALENDAR\r\n', ''), 'cut_off'],
];

describe('reading a calendar', () => {
  it('counts what the span asks for, not all history', () => {
    const year = { ...OPTIONS, span: { from: SPAN.from, until: SPAN.from + 366 * 86_400_000 } };
    const many = (count: number, ...lines: string[]) =>
      readCalendar(calendarFile(...Array.from({ length: count }, (_, i) => event(...lines).replace('one@', `${i}@`))), year);
    expect(told(many(10_001, 'DTSTART:20251124T010000Z', 'DURATION:PT1H'))).toEqual([]);
    expect(told(many(10_001, 'DTSTART:20261124T010000Z', 'DURATION:PT1H'))).toBe('too_many_events');
    expect(told(many(1000, 'DTSTART:19700101T010000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY'))).toBe('too_many_repetitions');
  });

  it.each(CORPUS)('%s', (_name, text, expected) => {
    expect(told(readCalendar(text, OPTIONS))).toEqual(expected);
  });

  it('finds the times somebody else’s program wrote, whatever they are', () => {
    const minute = fc.integer({ min: 0, max: 14 * 24 * 60 - 1 });
    const events = fc.array(fc.record({ start: minute, length: fc.integer({ min: 1, max: 300 }) }), { maxLength: 20 });
    fc.assert(
      fc.property(events, (wanted) => {
        const calendar = ical();
        for (const { start, length } of wanted) {
          const from = SPAN.from + start * 60_000;
          calendar.createEvent({ start: new Date(from), end: new Date(from + length * 60_000), summary: '占用' });
        }
        const reading = readCalendar(calendar.toString(), OPTIONS);
        if ('fault' in reading) throw new Error(reading.fault);
        const busyAt = (ms: number) => reading.busy.some(({ from, until }) => from <= ms && ms < until);
        for (let m = 0; m < 14 * 24 * 60; m += 7) {
          const ms = SPAN.from + m * 60_000;
          expect(busyAt(ms)).toBe(wanted.some(({ start, length }) => start <= m && m < start + length));
        }
        for (const [i, time] of reading.busy.entries()) expect(time.from).toBeGreaterThan(reading.busy[i - 1]?.until ?? 0);
      }),
      { numRuns: 50 },
    );
  });

  it('answers for any text at all', () => {
    const line = fc.oneof(
      fc.constantFrom(
        'BEGIN:VEVENT',
        'END:VEVENT',
        'BEGIN:VTIMEZONE',
        'END:VTIMEZONE',
        'DTSTART:20261124T010000Z',
        'DURATION:P1D',
        'TZID:X',
        'RDATE:,',
        'EXDATE;TZID=X:1',
        'DTSTART;TZID=X:20261124T010000',
      ),
      fc.constantFrom(
        'RRULE:FREQ=DAILY;COUNT=0',
        'RRULE:FREQ=YEARLY;BYDAY=9MO',
        'RRULE:FREQ=WEEKLY;INTERVAL=0',
        'RECURRENCE-ID:x',
        'FREEBUSY:/',
        'UID:',
      ),
      fc.string({ maxLength: 30 }),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const reading = readCalendar(calendarFile(...lines), OPTIONS);
        if (!('fault' in reading)) expect(reading.events + reading.unread.length).toBeLessThanOrEqual(lines.length);
      }),
      { numRuns: 300 },
    );
  });
});
