import fc from 'fast-check';
import ical from 'ical-generator';
import { describe, expect, it } from 'vitest';
import type { CalendarReading } from './busy-times.ts';
import { calendarAddress } from './fetch-calendar.server.ts';
import { readApart } from './read-apart.server.ts';
import { readCalendar } from './read-calendar.ts';

const at = (text: string) => Date.parse(text.length > 16 ? text : `${text}+08:00`);
const SPAN = { from: at('2026-11-23T00:00'), until: at('2026-12-07T00:00') };
const WISH = { zone: 'Asia/Shanghai', span: SPAN, host: 'hengji.example' };

const file = (...parts: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...parts, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:one@example.test', ...lines, 'END:VEVENT'].join('\r\n');

const shown = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');
/** `11-24 09:00–10:00` on the clock of Shanghai. */
const times = (reading: CalendarReading) =>
  'fault' in reading
    ? reading.fault
    : [
        ...reading.busy.map(({ from, until }) => `${shown(from)}–${shown(until).replace(shown(from).slice(0, 6), '')}`),
        ...reading.unread.map(({ line, fault }) => `${line} ${fault}`),
      ];

const OUTLOOK = [
  'BEGIN:VTIMEZONE',
  'TZID:W. Europe Standard Time',
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
].join('\r\n');

/** Clocks that change as the rule says, since the year 1. */
const zone = (rule: string) =>
  [
    'BEGIN:VTIMEZONE',
    'TZID:X',
    'BEGIN:STANDARD',
    'DTSTART:00010101T000000',
    'TZOFFSETFROM:+0000',
    'TZOFFSETTO:+0100',
    rule,
    'END:STANDARD',
    'END:VTIMEZONE',
  ].join('\r\n');
const IN_X = event('DTSTART;TZID=X:20261124T090000', 'DURATION:PT1H');

/** What it is, the file, what is busy. Written from RFC 5545 and from what calendar programs send. */
const CORPUS: [string, string, string[] | string][] = [
  ['an event in UTC', file(event('DTSTART:20261124T010000Z', 'DTEND:20261124T020000Z')), ['11-24 09:00–10:00']],
  ['a time in no zone is the centre’s', file(event('DTSTART:20261124T090000', 'DTEND:20261124T103000')), ['11-24 09:00–10:30']],
  [
    'a zone by its name, undescribed',
    file(event('DTSTART;TZID=Europe/Berlin:20261124T090000', 'DTEND;TZID=Europe/Berlin:20261124T100000')),
    ['11-24 16:00–17:00'],
  ],
  [
    'begin and end in two zones',
    file(event('DTSTART;TZID=Asia/Tokyo:20261124T100000', 'DTEND;TZID=Europe/Berlin:20261124T040000')),
    ['11-24 09:00–11:00'],
  ],
  [
    'a registry before the name',
    file(event('DTSTART;TZID=/example.org/20260101/Europe/Berlin:20261124T090000', 'DURATION:PT1H')),
    ['11-24 16:00–17:00'],
  ],
  [
    'Outlook’s zone as the file describes it',
    file(OUTLOOK, event('DTSTART;TZID=W. Europe Standard Time:20261124T090000', 'DURATION:PT1H')),
    ['11-24 16:00–17:00'],
  ],
  [
    'Outlook’s zone in quotes',
    file(OUTLOOK, event('DTSTART;TZID="W. Europe Standard Time":20261124T090000', 'DURATION:PT1H')),
    ['11-24 16:00–17:00'],
  ],
  ['a zone nobody knows is not guessed', file(event('DTSTART;TZID=Nowhere:20261124T090000', 'DURATION:PT1H')), ['3 event_zone']],
  ['a whole day is one of the centre’s', file(event('DTSTART;VALUE=DATE:20261124')), ['11-24 00:00–11-25 00:00']],
  ['whole days', file(event('DTSTART;VALUE=DATE:20261124', 'DTEND;VALUE=DATE:20261126')), ['11-24 00:00–11-26 00:00']],
  ['a whole day that ends on itself', file(event('DTSTART;VALUE=DATE:20261124', 'DTEND;VALUE=DATE:20261124')), ['11-24 00:00–11-25 00:00']],
  ['a duration in days', file(event('DTSTART;VALUE=DATE:20261124', 'DURATION:P2D')), ['11-24 00:00–11-26 00:00']],
  ['an event of no length', file(event('DTSTART:20261124T010000Z')), []],
  [
    'what touches is one',
    file(event('DTSTART:20261124T010000Z', 'DURATION:PT1H'), event('DTSTART:20261124T020000Z', 'DURATION:PT30M').replace('one@', 'two@')),
    ['11-24 09:00–10:30'],
  ],
  ['cancelled', file(event('DTSTART:20261124T010000Z', 'DURATION:PT1H', 'STATUS:CANCELLED')), []],
  ['tentative is busy', file(event('DTSTART:20261124T010000Z', 'DURATION:PT1H', 'STATUS:TENTATIVE')), ['11-24 09:00–10:00']],
  ['shown as free', file(event('DTSTART:20261124T010000Z', 'DURATION:PT1H', 'TRANSP:TRANSPARENT')), []],
  ['shown as free, Exchange', file(event('DTSTART:20261124T010000Z', 'DURATION:PT1H', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE')), []],
  ['over before the span', file(event('DTSTART:20261120T010000Z', 'DURATION:PT1H')), []],
  ['cut at the span’s edge', file(event('DTSTART:20261122T150000Z', 'DURATION:PT2H')), ['11-23 00:00–01:00']],
  [
    'every week',
    file(event('DTSTART;TZID=Asia/Shanghai:20250106T090000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;BYDAY=MO')),
    ['11-23 09:00–10:00', '11-30 09:00–10:00'],
  ],
  [
    'until an instant: the last one counts',
    file(event('DTSTART;TZID=Asia/Shanghai:20261123T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20261125T010000Z')),
    ['11-23 09:00–10:00', '11-24 09:00–10:00', '11-25 09:00–10:00'],
  ],
  [
    'until a day',
    file(event('DTSTART;TZID=Asia/Shanghai:20261123T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20261124')),
    ['11-23 09:00–10:00', '11-24 09:00–10:00'],
  ],
  [
    'whole days until an instant: the day it is on the centre’s clock',
    file(event('DTSTART;VALUE=DATE:20261123', 'RRULE:FREQ=DAILY;UNTIL=20261124T160000Z')),
    ['11-23 00:00–11-26 00:00'],
  ],
  [
    'so many times',
    file(event('DTSTART;VALUE=DATE:20261123', 'RRULE:FREQ=DAILY;INTERVAL=2;COUNT=2')),
    ['11-23 00:00–11-24 00:00', '11-25 00:00–11-26 00:00'],
  ],
  [
    'the last Friday of a month',
    file(event('DTSTART:20260130T010000Z', 'DURATION:PT1H', 'RRULE:FREQ=MONTHLY;BYDAY=-1FR')),
    ['11-27 09:00–10:00'],
  ],
  [
    'exceptions, several and unordered',
    file(
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
    file(event('DTSTART;TZID=Asia/Shanghai:20261123T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=2', 'EXDATE;VALUE=DATE:20261124')),
    ['11-23 09:00–10:00'],
  ],
  [
    'added dates',
    file(
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
    file(
      event('DTSTART;TZID=Asia/Shanghai:20261123T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3'),
      event('RECURRENCE-ID;TZID=Asia/Shanghai:20261124T090000', 'DTSTART;TZID=Asia/Shanghai:20261124T150000', 'DURATION:PT2H'),
      event('RECURRENCE-ID:20261125T010000Z', 'DTSTART:20261125T010000Z', 'STATUS:CANCELLED'),
    ),
    ['11-23 09:00–10:00', '11-24 15:00–17:00'],
  ],
  [
    'moved into the span from long before',
    file(
      event('DTSTART:20260101T010000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3'),
      event('RECURRENCE-ID:20260102T010000Z', 'DTSTART:20261124T010000Z', 'DURATION:PT1H'),
    ),
    ['11-24 09:00–10:00'],
  ],
  [
    'this one and all after it are later',
    file(
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
    file(event('RECURRENCE-ID:20261124T010000Z', 'DTSTART:20261124T030000Z', 'DURATION:PT1H')),
    ['11-24 11:00–12:00'],
  ],
  [
    'daylight saving keeps the clock',
    file(event('DTSTART;TZID=Europe/Berlin:20260701T080000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;BYDAY=TU')),
    ['11-24 15:00–16:00', '12-01 15:00–16:00'],
  ],
  [
    'free and busy',
    file(
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
    file(event('DTSTART:20261124T010000Z', 'DURATION:PT1H').replace('one@example.test', 'HJ-1@hengji.example')),
    [],
  ],
  [
    'folded lines, line feeds alone, small letters',
    file('begin:vevent', 'uid:a', 'dtstart;tzid=Asia/', ' Shanghai:20261124T0', '\t90000', 'duration:PT1H', 'end:vevent').replaceAll(
      '\r\n',
      '\n',
    ),
    ['11-24 09:00–10:00'],
  ],
  [
    'a byte order mark, lines before the end',
    `\uFEFF${file(event('DTSTART:20261124T010000Z', 'DURATION:PT1H'))}\r\n\r\n`,
    ['11-24 09:00–10:00'],
  ],
  [
    'two calendars one behind the other',
    file(event('DTSTART:20261124T010000Z', 'DURATION:PT1H')) + file(event('DTSTART:20261125T010000Z', 'DURATION:PT1H')),
    ['11-24 09:00–10:00', '11-25 09:00–10:00'],
  ],
  [
    'alarms and to-dos are no time',
    file(
      event('DTSTART:20261124T010000Z', 'DURATION:PT1H', 'BEGIN:VALARM', 'TRIGGER:nonsense', 'DURATION:PT5H', 'END:VALARM'),
      'BEGIN:VTODO\r\nDTSTART:20261125T010000Z\r\nDURATION:PT1H\r\nEND:VTODO',
    ),
    ['11-24 09:00–10:00'],
  ],
  [
    'one event unread, the rest read',
    file(event('DTSTART:20261350T010000Z', 'DURATION:PT1H'), event('DTSTART:20261124T010000Z', 'DURATION:PT1H')),
    ['11-24 09:00–10:00', '3 event_time'],
  ],
  ['no such hour', file(event('DTSTART:20261124T250000Z', 'DURATION:PT1H')), ['3 event_time']],
  ['no beginning', file(event('DTEND:20261124T010000Z')), ['3 event_time']],
  ['an end before the beginning', file(event('DTSTART:20261124T020000Z', 'DTEND:20261124T010000Z')), ['3 event_time']],
  ['a length below nothing', file(event('DTSTART:20261124T020000Z', 'DURATION:-PT1H')), ['3 event_time']],
  ['a line without a colon', file(event('DTSTART:20261124T010000Z', 'nonsense')), ['3 event_form']],
  ['a rule by the second', file(event('DTSTART:20261124T010000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY')), ['3 event_rule']],
  ['a rule that is none', file(event('DTSTART:20261124T010000Z', 'RRULE:FREQ=NEVER')), ['3 event_form']],
  ['a clock that changes once a year', file(zone('RRULE:FREQ=YEARLY'), IN_X), ['11-24 16:00–17:00']],
  ['a clock that changes every day, since the year 1', file(zone('RRULE:FREQ=DAILY'), IN_X), ['12 event_zone']],
  ['a clock that changes every second', file(zone('RRULE:FREQ=SECONDLY'), IN_X), ['12 event_zone']],
  ['a clock that changes on every day of a year', file(zone('RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE'), IN_X), ['12 event_zone']],
  [
    'an interval nobody lives by',
    file(event('DTSTART:20261124T010000Z', 'RRULE:FREQ=DAILY;INTERVAL=99999999999999999999')),
    ['3 event_rule'],
  ],
  ['no calendar', 'BEGIN:VCARD\r\nEND:VCARD', 'not_calendar'],
  ['a page', '<!doctype html><title>Sign in</title>', 'not_calendar'],
  ['nothing', '', 'not_calendar'],
  ['an empty calendar', file(), []],
  ['half of a file', file(event('DTSTART:20261124T010000Z', 'DURATION:PT1H')).slice(0, -30), 'cut_off'],
  ['a file without its end', file().replace('END:VCALENDAR\r\n', ''), 'cut_off'],
  ['more events than anybody has', file(...Array.from({ length: 2001 }, () => event('DTSTART:20261124T010000Z'))), 'too_many_events'],
  [
    'rules that repeat without end',
    file(...Array.from({ length: 60 }, (_, i) => event('DTSTART:19700101T010000Z', `DURATION:PT${i}M`, 'RRULE:FREQ=DAILY'))),
    'too_many_repetitions',
  ],
];

describe('reading a calendar', () => {
  it.each(CORPUS)('%s', (_name, text, expected) => {
    expect(times(readCalendar(text, WISH))).toEqual(expected);
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
        const reading = readCalendar(calendar.toString(), WISH);
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
        const reading = readCalendar(file(...lines), WISH);
        if (!('fault' in reading)) expect(reading.events + reading.unread.length).toBeLessThanOrEqual(lines.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('reading apart', () => {
  it('gives the same answer', async () => {
    const text = file(OUTLOOK, event('DTSTART;TZID=W. Europe Standard Time:20261124T090000', 'DURATION:PT1H'));
    expect(await readApart(text, WISH)).toEqual(readCalendar(text, WISH));
  });

  it('gives up what never comes to an end', async () => {
    // The thirtieth of February is looked for for ever.
    const endless = file(event('DTSTART:20261124T010000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'));
    const reading = await readApart(endless, WISH, 1500);
    expect('fault' in reading ? reading.fault : reading.unread).toBe('took_too_long');
  });

  it('reads a few at a time, and lets the others wait', async () => {
    const text = file(event('DTSTART:20261124T010000Z', 'DURATION:PT1H'));
    const readings = await Promise.all(Array.from({ length: 6 }, () => readApart(text, WISH)));
    for (const reading of readings) expect(times(reading)).toEqual(['11-24 09:00–10:00']);
  });

  it('gives back a file of two megabytes unread', async () => {
    expect(await readApart('x'.repeat(2 * 1024 * 1024), WISH)).toEqual({ fault: 'too_large' });
  });
});

describe('the address of a calendar', () => {
  const href = (text: string, trusted: string[] = []) => calendarAddress(text, trusted)?.href ?? 'refused';
  it.each([
    ['https://calendar.example/a.ics?key=1#x', 'https://calendar.example/a.ics?key=1'],
    [' webcal://calendar.example/a.ics ', 'https://calendar.example/a.ics'],
    ['http://calendar.example/a.ics', 'refused'],
    ['https://somebody:secret@calendar.example/', 'refused'],
    ['https://calendar.example:8443/', 'refused'],
    ['file:///etc/passwd', 'refused'],
    ['calendar.example/a.ics', 'refused'],
    [`https://calendar.example/${'a'.repeat(1000)}`, 'refused'],
  ])('%s', (text, expected) => {
    expect(href(text)).toBe(expected);
  });

  it('is of a trusted host as the operator says', () => {
    expect(href('http://10.0.0.7:8080/a.ics', ['10.0.0.7:8080'])).toBe('http://10.0.0.7:8080/a.ics');
    expect(href('http://10.0.0.7:8081/a.ics', ['10.0.0.7:8080'])).toBe('refused');
    expect(href('http://10.0.0.7/a.ics', ['10.0.0.7:8080'])).toBe('refused');
  });
});
