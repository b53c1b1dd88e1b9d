import { describe, expect, it } from 'vitest';
import { calendarFile, days, event, NINE, nine, ON_THE_DAY, OPTIONS, told, zoneOf } from '#tests/support/calendar-files.ts';
import { readCalendar } from './read-calendar.ts';

type Case = [what: string, file: string, expected: string[] | string];

/** The times of the event itself. */
const TIMES: Case[] = [
  ['no such month: no time at all', calendarFile(event('DTSTART:20261350T010000Z', 'DURATION:PT1H')), ['3 event_time']],
  ['no such month, and cancelled: no time is needed', calendarFile(event('DTSTART:20261350T010000Z', 'STATUS:CANCELLED')), []],
  ['nothing that says when', calendarFile(event('SUMMARY:20261124T090000')), ['3 event_time']],
  ['no such hour: its day', calendarFile(event('DTSTART:20261124T250000Z', 'DURATION:PT1H')), [...ON_THE_DAY, '5 start']],
  ['letters for the hour', calendarFile(event('DTSTART;TZID=Asia/Shanghai:20261124Tnine')), [...ON_THE_DAY, '5 start']],
  ['said to be a day and written with an hour', calendarFile(event('DTSTART;VALUE=DATE:20261124T090000')), [...ON_THE_DAY, '5 start']],
  ['an end alone: from midnight', calendarFile(event('DTEND:20261124T010000Z')), ['11-24 00:00–09:00', '5 start']],
  ['an end and a duration', calendarFile(event('DTEND:20261124T010000Z', 'DURATION:PT30M')), ['11-24 08:30–09:00', '5 start']],
  ['the end of a day alone', calendarFile(event('DTEND;VALUE=DATE:20261125')), [...ON_THE_DAY, '5 start']],
  [
    'an end before the beginning: its day',
    calendarFile(event('DTSTART:20261124T020000Z', 'DTEND:20251124T010000Z')),
    [...ON_THE_DAY, '6 end'],
  ],
  [
    'perhaps in each other’s place: the days of both',
    calendarFile(event('DTSTART:20261125T020000Z', 'DTEND:20261124T010000Z')),
    ['11-23 00:00–11-26 00:00', '6 end'],
  ],
  ['a length below nothing', calendarFile(event('DTSTART:20261124T020000Z', 'DURATION:-PT1H')), [...ON_THE_DAY, '6 end']],
  ['a length in months', calendarFile(event('DTSTART:20261124T020000Z', 'DURATION:P1M')), [...ON_THE_DAY, '6 end']],
  ['a length without a number', calendarFile(event('DTSTART:20261124T020000Z', 'DURATION:PT')), [...ON_THE_DAY, '6 end']],
  ['an end that is a word', calendarFile(event('DTSTART:20261124T020000Z', 'DTEND:later')), [...ON_THE_DAY, '6 end']],
  ['an end without an hour', calendarFile(event(NINE[0] as string, 'DTEND;VALUE=DATE:20261125')), ['11-24 09:00–11-26 00:00', '6 end']],
  ['an end on the hour of a day', calendarFile(event('DTSTART;VALUE=DATE:20261124', 'DTEND:20261124T030000Z')), [...ON_THE_DAY, '6 end']],
  ['no end: no time, and said', calendarFile(event('DTSTART:20261124T010000Z')), ['5 no_length']],
  ['ends as it begins', calendarFile(event('DTSTART:20261124T010000Z', 'DTEND:20261124T010000Z')), ['6 no_length']],
  ['two lengths: the longer', nine('DURATION:PT2H'), ['11-24 09:00–11:00']],
  ['two beginnings: both', calendarFile(event(...NINE, 'DTSTART:20261125T010000Z')), days(24, 25)],
  ['weeks, days and hours', calendarFile(event('DTSTART:20261124T010000Z', 'DURATION:P0W1DT1H30M')), ['11-24 09:00–11-25 10:30']],
  ['a duration written oddly', calendarFile(event('DTSTART:20261124T010000Z', 'DURATION:p1h')), ['11-24 09:00–10:00']],
  ['hours of a whole day', calendarFile(event('DTSTART;VALUE=DATE:20261124', 'DURATION:PT36H')), ['11-24 00:00–11-26 00:00']],
  ['a day of 25 hours', calendarFile(event('DTSTART;TZID=Europe/Berlin:20261024T120000', 'DURATION:P31DT0H')), ['11-23 00:00–11-24 19:00']],
  ['eight digits are a day', calendarFile(event('DTSTART:20261124', 'DTEND:20261126')), ['11-24 00:00–11-26 00:00']],
  ['with hyphens and colons', calendarFile(event('DTSTART:2026-11-24T09:00:00', 'DTEND:2026-11-24T10:00')), ['11-24 09:00–10:00']],
  ['with its distance from UTC', calendarFile(event('DTSTART:20261124T090000+0800', 'DTEND:20261124T010000-0100')), ['11-24 09:00–10:00']],
  ['midnight as 24:00', calendarFile(event('DTSTART:20261123T240000', 'DTEND:20261124T240000')), ON_THE_DAY],
  [
    'an end that names no zone is on the beginning’s',
    calendarFile(event('DTSTART;TZID=Europe/Berlin:20261124T020000', 'DTEND:20261124T030000')),
    ['11-24 09:00–10:00'],
  ],
];

/** Whether it is busy. */
const BUSY: Case[] = [
  ['away', nine('X-MICROSOFT-CDO-BUSYSTATUS:OOF'), days(24, 24)],
  ['tentative, Exchange', nine('X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE', 'TRANSP:OPAQUE'), days(24, 24)],
  ['free in both words', nine('X-MICROSOFT-CDO-BUSYSTATUS:FREE', 'TRANSP:TRANSPARENT'), []],
  ['free and busy: busy', nine('X-MICROSOFT-CDO-BUSYSTATUS:OOF', 'TRANSP:TRANSPARENT'), [...days(24, 24), '8 status']],
  ['cancelled and confirmed: busy', nine('STATUS:CONFIRMED', 'STATUS:CANCELLED'), [...days(24, 24), '8 status']],
  ['words of a description that was not folded', nine('DESCRIPTION:was', 'Status: CANCELLED', 'Transp: TRANSPARENT'), days(24, 24)],
  ['a word nobody knows', nine('TRANSP:MAYBE', 'STATUS:CANCELED?'), days(24, 24)],
  ['all of a calendar sent to cancel', calendarFile('METHOD:CANCEL', event(...NINE)), []],
  ['a method after the events', calendarFile(event(...NINE), 'METHOD:CANCEL'), []],
  ['a request', calendarFile('METHOD:REQUEST', event(...NINE)), days(24, 24)],
  [
    'cancelled in a second calendar',
    calendarFile('METHOD:REQUEST', event(...NINE)) + calendarFile('METHOD:CANCEL', event(...NINE, 'SEQUENCE:1')),
    [],
  ],
  [
    'one occurrence cancelled in a second calendar',
    nine('RRULE:FREQ=DAILY;COUNT=3') + calendarFile('METHOD:CANCEL', event('RECURRENCE-ID:20261125T010000Z', 'SEQUENCE:1')),
    [...days(24, 24), ...days(26, 26)],
  ],
];

/** Lines nobody needs. */
const LINES: Case[] = [
  ['a description that was not folded', nine('DESCRIPTION:first', 'second line, not folded', '', 'third: line'), days(24, 24)],
  ['a line without a colon', nine('nonsense'), days(24, 24)],
  ['letters that are none', nine('X-A;B="c:\u0000\uFFFD', ';:', ':', '=20'), days(24, 24)],
  ['an alarm without its end', nine('BEGIN:VALARM', 'TRIGGER:-PT5M'), days(24, 24)],
  ['an end too many', nine('END:VALARM', 'END:VTODO'), days(24, 24)],
  [
    'an event without its end',
    calendarFile(`BEGIN:VEVENT\r\n${NINE.join('\r\n')}`, event('DTSTART:20261125T010000Z', 'DURATION:PT1H')),
    days(24, 25),
  ],
  ['a group before the name', calendarFile(event(...NINE.map((line) => `item1.${line}`))), days(24, 24)],
  ['a folded name', nine('X:1').replace('DTSTART', 'DTST\r\n\tART').replace('T100000', 'T10\r\n 0000'), days(24, 24)],
  ['carriage returns twice', nine('X:1').replaceAll('\r\n', '\r\r\n').replace('T090000', 'T09\r\r\n 0000'), days(24, 24)],
  ['carriage returns alone', nine('X:1').replaceAll('\r\n', '\r'), days(24, 24)],
  ['the first line apart from the margin', ` \t${nine()}`, days(24, 24)],
  ['before and behind the calendar', `Warning: out of date\n\n${nine()}<!-- 0.2 s -->\u001A`, days(24, 24)],
];

const busyTimes = (...lines: string[]) => calendarFile(['BEGIN:VFREEBUSY', ...lines, 'END:VFREEBUSY'].join('\r\n'));
const FREE_BUSY: Case[] = [
  [
    'kinds of busy',
    busyTimes(
      'FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261124T010000Z/PT1H',
      'FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261125T010000Z/20261125T020000Z',
      'FREEBUSY;FBTYPE=X-ELSE:20261126T010000Z/PT1H',
    ),
    days(24, 26),
  ],
  [
    'an end that cannot be read',
    busyTimes('FREEBUSY:20261124T010000Z/x,20261125T010000Z/PT1H'),
    [...ON_THE_DAY, '11-25 09:00–10:00', '4 freebusy'],
  ],
  ['an end before the beginning', busyTimes('FREEBUSY:20261124T010000Z/20261124T000000Z'), [...ON_THE_DAY, '4 freebusy']],
  ['a beginning that cannot be read', busyTimes('FREEBUSY:x/PT1H,20261125T010000Z/PT1H'), ['11-25 09:00–10:00', '4 event_time']],
];

const X = event('DTSTART;TZID=X:20261124T090000', 'DURATION:PT1H');
const ZONES: Case[] = [
  [
    'a clock nobody knows is the centre’s',
    calendarFile(event('DTSTART;TZID=Nowhere:20261124T090000', 'DTEND;TZID=Nowhere:20261124T100000')),
    [...days(24, 24), '5 zone Nowhere'],
  ],
  [
    'a clock that changes once a year',
    calendarFile(zoneOf('X', 'STANDARD 00010101T000000 +0000 +0100 RRULE:FREQ=YEARLY'), X),
    ['11-24 16:00–17:00'],
  ],
  [
    'one that was changed for good',
    calendarFile(zoneOf('X', 'STANDARD 20000101T000000 +0900 +0100', 'STANDARD 20300101T000000 +0100 +0500'), X),
    ['11-24 16:00–17:00'],
  ],
  ['one that will change', calendarFile(zoneOf('X', 'STANDARD 20300101T000000 +0100 +0500'), X), ['11-24 16:00–17:00']],
  [
    'changes put down one by one',
    calendarFile(zoneOf('X', 'DAYLIGHT 20260301T020000 +0100 +0200 RDATE:20270301T020000', 'STANDARD 20261001T030000 +0200 +0100'), X),
    ['11-24 16:00–17:00'],
  ],
  [
    'a clock that changes every day, since the year 1',
    calendarFile(zoneOf('X', 'STANDARD 00010101T000000 +0000 +0100 RRULE:FREQ=DAILY'), X),
    [...days(24, 24), '14 zone X'],
  ],
  [
    'a clock that changes every second',
    calendarFile(zoneOf('X', 'STANDARD 00010101T000000 +0000 +0100 RRULE:FREQ=SECONDLY'), X),
    [...days(24, 24), '14 zone X'],
  ],
  [
    'a description without offsets, of a name that is known',
    calendarFile(zoneOf('Asia/Tokyo', 'STANDARD 20000101T000000 x y'), event('DTSTART;TZID=Asia/Tokyo:20261124T100000', 'DURATION:PT1H')),
    days(24, 24),
  ],
  [
    'a piece of a zone that is known is the zone',
    calendarFile(
      zoneOf('America/New_York', 'DAYLIGHT 20070311T020000 -0500 -0400'),
      event('DTSTART;TZID=America/New_York:20261123T200000', 'DURATION:PT1H'),
    ),
    days(24, 24),
  ],
  [
    'described as the zone of that name never is',
    calendarFile(
      zoneOf('America/New_York', 'STANDARD 19700101T000000 +0800 +0800'),
      event('DTSTART;TZID=America/New_York:20261124T090000', 'DURATION:PT1H'),
    ),
    days(24, 24),
  ],
  [
    'described goes before its name',
    calendarFile(zoneOf('CST', 'STANDARD 19700101T000000 +0800 +0800'), event('DTSTART;TZID=CST:20261124T090000', 'DURATION:PT1H')),
    days(24, 24),
  ],
  [
    'described, with commas',
    calendarFile(
      zoneOf('(UTC+08:00) Beijing\\, Chongqing', 'STANDARD 16010101T000000 +0800 +0800'),
      event('DTSTART;TZID="(UTC+08:00) Beijing, Chongqing":20261124T090000', 'DURATION:PT1H'),
    ),
    days(24, 24),
  ],
  [
    'described in another calendar of the file',
    calendarFile(zoneOf('X', 'STANDARD 16010101T000000 +0100 +0100')) + calendarFile(X),
    [...days(24, 24), '16 zone X'],
  ],
  ['described behind the event', calendarFile(X, zoneOf('X', 'STANDARD 16010101T000000 +0100 +0100')), ['11-24 16:00–17:00']],
  [
    'a colon in a name without quotes',
    calendarFile(event('DTSTART;TZID=(UTC+09:00) Osaka, Sapporo:20261124T100000', 'DURATION:PT1H')),
    [...days(24, 24), '5 zone_offset (UTC+09:00) Osaka, Sapporo'],
  ],
  ['quotes that do not close', calendarFile(event('DTSTART;TZID="Asia/Tokyo:20261124T100000', 'DURATION:PT1H')), days(24, 24)],
  ['of what is over nothing is said', calendarFile(event('DTSTART;TZID=Nowhere:20251124T090000', 'DURATION:PT1H', 'EXDATE:x')), []],
  ['of what is free nothing is said', calendarFile(event('DTSTART;TZID=Nowhere:20261124T090000', 'TRANSP:TRANSPARENT')), []],
];

describe('what is known blocks, and what was assumed is said', () => {
  it.each([...TIMES, ...BUSY, ...LINES, ...FREE_BUSY, ...ZONES])('%s', (_what, text, expected) => {
    expect(told(readCalendar(text, OPTIONS))).toEqual(expected);
  });
});
