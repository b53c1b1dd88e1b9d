import { describe, expect, it } from 'vitest';
import { calendarFile, days, event, NINE, nine, ON_THE_DAY, OPTIONS, told } from '#tests/support/calendar-files.ts';
import { readCalendar } from './read-calendar.ts';

const EVERY_DAY = days(24, 36);

type Case = [what: string, file: string, expected: string[] | string];

/** Rules. */
const RULES: Case[] = [
  ['an empty rule is none', nine('RRULE:'), days(24, 24)],
  ['empty parts are not there', nine('RRULE:FREQ=DAILY;BYDAY=;BYMONTH=;UNTIL=;WKST=;COUNT=2;'), days(24, 25)],
  ['small letters and blanks', nine('RRULE: freq=daily; count=2'), days(24, 25)],
  ['a part of somebody’s own', nine('RRULE:FREQ=DAILY;COUNT=2;X-NAME=1'), days(24, 25)],
  ['a rule that is none: every day at its hours', nine('RRULE:FREQ=NEVER'), [...EVERY_DAY, '7 rule FREQ=NEVER']],
  [
    'a word for a day that is none',
    nine('RRULE:FREQ=WEEKLY;BYDAY=XX;UNTIL=20261126'),
    [...days(24, 26), '7 rule FREQ=WEEKLY;BYDAY=XX;UNTIL=20261126'],
  ],
  ['a part nobody knows', nine('RRULE:FREQ=WEEKLY;UNTL=20261126'), [...EVERY_DAY, '7 rule FREQ=WEEKLY;UNTL=20261126']],
  ['parts that do not go together', nine('RRULE:FREQ=WEEKLY;BYDAY=2TU'), [...EVERY_DAY, '7 rule FREQ=WEEKLY;BYDAY=2TU']],
  [
    'hours that are none: all through',
    nine('RRULE:FREQ=DAILY;BYHOUR=99;UNTIL=20261125'),
    ['11-24 09:00–11-26 00:59', '7 rule_throughout FREQ=DAILY;BYHOUR=99;UNTIL=20261125'],
  ],
  ['by the second: all through', nine('RRULE:FREQ=SECONDLY'), ['11-24 09:00–12-07 00:00', '7 rule_throughout FREQ=SECONDLY']],
  [
    'what is taken out of all through stays',
    nine('RRULE:FREQ=SECONDLY', 'EXDATE:20261124T010000Z'),
    ['11-24 09:00–12-07 00:00', '7 rule_throughout FREQ=SECONDLY'],
  ],
  ['by the hour', nine('RRULE:FREQ=HOURLY;INTERVAL=3;COUNT=3'), ['11-24 09:00–10:00', '11-24 12:00–13:00', '11-24 15:00–16:00']],
  [
    'an interval of nothing: every turn',
    nine('RRULE:FREQ=DAILY;INTERVAL=0;COUNT=2'),
    [...days(24, 25), '7 rule_interval FREQ=DAILY;INTERVAL=0;COUNT=2'],
  ],
  [
    'an interval nobody lives by',
    nine('RRULE:FREQ=WEEKLY;INTERVAL=99999999999999999999'),
    [...days(24, 24), ...days(31, 31), '7 rule_interval FREQ=WEEKLY;INTERVAL=99999999999999999999'],
  ],
  [
    'so many times as no number says: without end',
    nine('RRULE:FREQ=WEEKLY;COUNT=some'),
    [...days(24, 24), ...days(31, 31), '7 rule_end FREQ=WEEKLY;COUNT=some'],
  ],
  ['no times', nine('RRULE:FREQ=WEEKLY;COUNT=0'), [...days(24, 24), ...days(31, 31), '7 rule_end FREQ=WEEKLY;COUNT=0']],
  [
    'until the year 1: without end',
    nine('RRULE:FREQ=WEEKLY;UNTIL=00010101T000000Z'),
    [...days(24, 24), ...days(31, 31), '7 rule_end FREQ=WEEKLY;UNTIL=00010101T000000Z'],
  ],
  ['until no day', nine('RRULE:FREQ=WEEKLY;UNTIL=soon'), [...days(24, 24), ...days(31, 31), '7 rule_end FREQ=WEEKLY;UNTIL=soon']],
  ['until its own day', nine('RRULE:FREQ=DAILY;UNTIL=20261124T000000Z'), days(24, 24)],
  ['until a time of no zone', nine('RRULE:FREQ=DAILY;UNTIL=20261126T090000'), days(24, 26)],
  [
    'until and so many times: the later',
    nine('RRULE:FREQ=DAILY;COUNT=2;UNTIL=20261127'),
    [...days(24, 27), '7 rule_end FREQ=DAILY;COUNT=2;UNTIL=20261127'],
  ],
  [
    'the first and the last of the days',
    nine('RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1'),
    [...days(24, 24), ...days(27, 27), ...days(30, 30), ...days(34, 34)],
  ],
  ['so many times in some months', nine('RRULE:FREQ=DAILY;BYMONTH=12;COUNT=2'), [...days(24, 24), ...days(31, 32)]],
  [
    'a week of the year',
    calendarFile(event('DTSTART:20251124T010000Z', 'DURATION:PT1H', 'RRULE:FREQ=YEARLY;BYWEEKNO=48;BYDAY=TU,WE')),
    days(24, 25),
  ],
  [
    'days of the year from its end',
    calendarFile(event('DTSTART:20251124T010000Z', 'DURATION:PT1H', 'RRULE:FREQ=YEARLY;BYYEARDAY=-38')),
    days(24, 24),
  ],
  [
    'the last day of months, or the one before',
    calendarFile(event('DTSTART:20260131T010000Z', 'DURATION:PT1H', 'RRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD')),
    days(30, 30),
  ],
  ['by the moon', calendarFile(event('DTSTART;VALUE=DATE:20251210', 'RRULE:RSCALE=CHINESE;FREQ=YEARLY')), ['11-29 00:00–11-30 00:00']],
  [
    'by a calendar nobody here keeps',
    nine('RRULE:RSCALE=ETHIOPIC;FREQ=YEARLY;UNTIL=20261125'),
    [...days(24, 25), '7 rule RSCALE=ETHIOPIC;FREQ=YEARLY;UNTIL=20261125'],
  ],
  ['two rules', nine('RRULE:FREQ=WEEKLY', 'RRULE:FREQ=DAILY;COUNT=2'), [...days(24, 25), ...days(31, 31)]],
];

/** Dates put in and taken out, and occurrences that were changed. */
const CHANGES: Case[] = [
  [
    'a stretch put in keeps its length',
    nine('RDATE;VALUE=PERIOD;TZID=Asia/Shanghai:20261126T090000/PT6H,20261127T090000/20261127T110000'),
    [...days(24, 24), '11-26 09:00–15:00', '11-27 09:00–11:00'],
  ],
  [
    'a stretch longer than the occurrence there',
    nine('RRULE:FREQ=DAILY;COUNT=2', 'RDATE;VALUE=PERIOD:20261125T010000Z/PT3H'),
    [...days(24, 24), '11-25 09:00–12:00'],
  ],
  [
    'a stretch without a readable end',
    nine('RDATE;VALUE=PERIOD:20261126T010000Z/x'),
    [...days(24, 24), '11-26 00:00–11-27 00:00', '7 rdate'],
  ],
  ['a day put in', nine('RDATE;VALUE=DATE:20261126'), [...days(24, 24), '11-26 00:00–11-27 00:00', '7 rdate']],
  ['nothing put in', nine('RDATE:', 'EXDATE:'), days(24, 24)],
  ['something put in', nine('RDATE:x'), [...days(24, 24), '7 rdate_lost']],
  ['taken out, in another zone', nine('RRULE:FREQ=DAILY;COUNT=2', 'EXDATE;TZID=Europe/Berlin:20261125T020000'), days(24, 24)],
  ['taken out, without a zone', nine('RRULE:FREQ=DAILY;COUNT=2', 'EXDATE:20261125T090000'), days(24, 24)],
  ['taken out at another hour', nine('RRULE:FREQ=DAILY;COUNT=2', 'EXDATE:20261125T110000'), days(24, 25)],
  [
    'taken out in a zone nobody knows',
    nine('RRULE:FREQ=DAILY;COUNT=2', 'EXDATE;TZID=Nowhere:20261125T090000'),
    [...days(24, 25), '8 exdate'],
  ],
  ['taken out by a rule', nine('RRULE:FREQ=DAILY;COUNT=2', 'EXRULE:FREQ=DAILY'), [...days(24, 25), '8 exdate']],
  ['taken out unreadably', nine('RRULE:FREQ=DAILY;COUNT=2', 'EXDATE:2026112XT090000,20261125T010000Z'), [...days(24, 24), '8 exdate']],
  [
    'whole days taken out by an instant',
    calendarFile(
      event(
        'DTSTART;VALUE=DATE:20261124',
        'RRULE:FREQ=DAILY;COUNT=5',
        'EXDATE:20261124T160000Z',
        'EXDATE:20261126T000000',
        'EXDATE:20261127T030000Z',
        'EXDATE:20261127T200000Z',
      ),
    ),
    [...ON_THE_DAY, '11-28 00:00–11-29 00:00', '10 exdate'],
  ],
  ['the newest of the same', calendarFile(event(...NINE, 'SEQUENCE:2'), event('DTSTART:20261126T010000Z', 'DURATION:PT1H')), days(24, 24)],
  [
    'none is the newest',
    calendarFile(event(...NINE), event('DTSTART:20261126T010000Z', 'DURATION:PT1H')),
    [...days(24, 24), ...days(26, 26), '8 twice'],
  ],
  [
    'without a name they are two',
    calendarFile(event(...NINE), event('DTSTART:20261126T010000Z', 'DURATION:PT1H', 'SEQUENCE:3')).replaceAll('UID:', 'X:'),
    [...days(24, 24), ...days(26, 26)],
  ],
  [
    'the newest change of an occurrence',
    nine(
      'RRULE:FREQ=DAILY;COUNT=2',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:one@example.test',
      'RECURRENCE-ID:20261125T010000Z',
      'DTSTART:20261126T010000Z',
      'DURATION:PT1H',
      'SEQUENCE:1',
    ) + calendarFile(event('RECURRENCE-ID:20261125T010000Z', 'DTSTART:20261127T010000Z', 'DURATION:PT1H', 'SEQUENCE:2')),
    [...days(24, 24), ...days(27, 27)],
  ],
  [
    'a change older than its series',
    calendarFile(
      event(...NINE, 'RRULE:FREQ=DAILY;COUNT=2', 'SEQUENCE:2'),
      event('RECURRENCE-ID:20261125T010000Z', 'DTSTART:20261126T010000Z', 'DURATION:PT1H'),
    ),
    [...days(24, 26), '10 sequence'],
  ],
  [
    'a change older than its series, which left the occurrence out',
    calendarFile(
      event(...NINE, 'RRULE:FREQ=DAILY;COUNT=2', 'SEQUENCE:2', 'EXDATE:20261125T010000Z'),
      event('RECURRENCE-ID:20261125T010000Z', 'DTSTART:20261126T010000Z', 'DURATION:PT1H'),
    ),
    days(24, 24),
  ],
  [
    'a change by its day, with the series’ rule in it',
    calendarFile(
      event(...NINE, 'RRULE:FREQ=DAILY;COUNT=2'),
      event('RECURRENCE-ID;VALUE=DATE:20261125', 'DTSTART:20261126T010000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=2'),
    ),
    [...days(24, 24), ...days(26, 26)],
  ],
  [
    'a change of nobody knows what',
    calendarFile(
      event(...NINE, 'RRULE:FREQ=DAILY;COUNT=2'),
      event('RECURRENCE-ID:x', 'DTSTART:20261126T010000Z', 'DURATION:PT1H', 'SEQUENCE:0'),
    ),
    [...days(24, 26), '11 recurrence'],
  ],
  [
    'cancelled from here on',
    calendarFile(
      event(...NINE, 'RRULE:FREQ=DAILY;COUNT=5'),
      event('RECURRENCE-ID;RANGE=THISANDFUTURE:20261126T010000Z', 'DTSTART:20261126T010000Z', 'STATUS:CANCELLED'),
    ),
    days(24, 25),
  ],
  [
    'changed up to here, as none may say any more',
    calendarFile(
      event(...NINE, 'RRULE:FREQ=DAILY;COUNT=3'),
      event('RECURRENCE-ID;RANGE=THISANDPRIOR:20261125T010000Z', 'DTSTART:20261125T030000Z', 'DURATION:PT1H'),
    ),
    ['11-24 09:00–10:00', '11-25 11:00–12:00', '11-26 09:00–10:00', '11 recurrence'],
  ],
  [
    'an occurrence whose own time is missing',
    calendarFile(event('RECURRENCE-ID:20261125T010000Z', 'SEQUENCE:1')),
    ['11-25 00:00–11-26 00:00', '5 start'],
  ],
];

describe('of a series what is known blocks, and what was assumed is said', () => {
  it.each([...RULES, ...CHANGES])('%s', (_what, text, expected) => {
    expect(told(readCalendar(text, OPTIONS))).toEqual(expected);
  });
});
