import { describe, expect, it } from 'vitest';
import found from '#tests/data/cases-found.json' with { type: 'json' };
import { at, calendarFile, event, told, zoneOf } from '#tests/support/calendar-files.ts';
import { readCalendar } from './read-calendar.ts';

const OPTIONS = { zone: 'Asia/Shanghai', host: 'hengji.example', span: { from: at('2026-11-30T00:00'), until: at('2027-03-01T00:00') } };
/** From nine to eleven on Tuesday the 8th of December, and lines behind. */
const MORNING = ['DTSTART;TZID=Asia/Shanghai:20261208T090000', 'DTEND;TZID=Asia/Shanghai:20261208T110000'];
const morning = (...lines: string[]) => calendarFile(event(...MORNING, ...lines));
const inZone = (zone: string) => event(`DTSTART;TZID=${zone}:20261208T090000`, `DTEND;TZID=${zone}:20261208T110000`);
const NINE_TO_ELEVEN = ['12-08 09:00–11:00'];
const tuesdays = (first: string, weeks: number) =>
  Array.from({ length: weeks }, (_, i) => `${new Date(Date.parse(first) + i * 7 * 86_400_000).toISOString().slice(5, 10)} 09:00–11:00`);
const pastAndComing = calendarFile(
  ...Array.from({ length: 2600 }, (_, i) => {
    const start = (ms: number) => new Date(ms).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
    const begin = at('2027-01-01T09:00') - i * 24 * 3_600_000;
    return event(`DTSTART:${start(begin)}`, `DTEND:${start(begin + 3_600_000)}`, `DESCRIPTION:${'x'.repeat(260)}`).replace('one@', `${i}@`);
  }),
);

/** By the case's id: what is tried, and what is right. */
const TRIED: Record<string, [text: string, expected: string[] | string][]> = {
  'cal-windows-zone': [[calendarFile(inZone('China Standard Time')), NINE_TO_ELEVEN]],
  'cal-escaped-tzid': [
    [
      calendarFile(
        zoneOf('(UTC+08:00) Beijing\\, Chongqing', 'STANDARD 16010101T000000 +0800 +0800'),
        inZone('"(UTC+08:00) Beijing, Chongqing"'),
      ),
      NINE_TO_ELEVEN,
    ],
  ],
  'cal-offset-names': [
    [calendarFile(inZone('UTC+8')), NINE_TO_ELEVEN],
    [calendarFile(inZone('"(GMT +08:00)"')), NINE_TO_ELEVEN],
  ],
  'cal-three-letter-zone': [
    [calendarFile(zoneOf('CST', 'STANDARD 16010101T000000 +0800 +0800'), inZone('CST')), NINE_TO_ELEVEN],
    ...['CST', 'IST', 'BST', 'AST'].map((name): [string, string[]] => [calendarFile(inZone(name)), [...NINE_TO_ELEVEN, `5 zone ${name}`]]),
  ],
  'cal-date-without-value': [[calendarFile(event('DTSTART:20261208', 'DTEND:20261209')), ['12-08 00:00–12-09 00:00']]],
  'cal-broken-line': [[morning('DESCRIPTION:first line', 'second line, not folded'), NINE_TO_ELEVEN]],
  'cal-empty-rrule': [[morning('RRULE:'), NINE_TO_ELEVEN]],
  'cal-empty-byday': [[morning('RRULE:FREQ=WEEKLY;BYDAY=;INTERVAL=1;COUNT=2'), tuesdays('2026-12-08', 2)]],
  'cal-until-year-one': [
    [morning('RRULE:FREQ=WEEKLY;UNTIL=00010101T000000Z'), [...tuesdays('2026-12-08', 12), '7 rule_end FREQ=WEEKLY;UNTIL=00010101T000000Z']],
  ],
  'cal-rdate-period': [[morning('RDATE;TZID=Asia/Shanghai;VALUE=PERIOD:20261210T090000/PT6H'), [...NINE_TO_ELEVEN, '12-10 09:00–15:00']]],
  'cal-two-sequences': [
    [
      calendarFile(
        event(...MORNING, 'SEQUENCE:0'),
        event('DTSTART;TZID=Asia/Shanghai:20261209T140000', 'DTEND;TZID=Asia/Shanghai:20261209T150000', 'SEQUENCE:2'),
      ),
      ['12-09 14:00–15:00'],
    ],
  ],
  'cal-bysetpos': [
    [
      calendarFile(
        event(
          'DTSTART;TZID=Asia/Shanghai:20261130T090000',
          'DURATION:PT2H',
          'RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1;UNTIL=20261212',
        ),
      ),
      ['11-30', '12-04', '12-07', '12-11'].map((day) => `${day} 09:00–11:00`),
    ],
  ],
  'cal-lunar': [
    [
      calendarFile(event('DTSTART;VALUE=DATE:20260217', 'DTEND;VALUE=DATE:20260218', 'RRULE:RSCALE=CHINESE;FREQ=YEARLY;SKIP=FORWARD')),
      ['02-06 00:00–02-07 00:00'],
    ],
  ],
  'cal-too-large': [
    [pastAndComing, Array.from({ length: 33 }, (_, i) => `${new Date(Date.UTC(2026, 10, 30 + i)).toISOString().slice(5, 10)} 09:00–10:00`)],
  ],
  'cal-method-cancel': [[calendarFile('METHOD:CANCEL', event(...MORNING)), []]],
};

describe('calendars of others as they were found', () => {
  const cases = found.cases.filter(({ area }) => area === 'busy calendar');

  it.each(cases)('$id: $should', ({ id }) => {
    const tried = TRIED[id] ?? [];
    expect(tried.length).toBeGreaterThan(0);
    for (const [text, expected] of tried) expect(told(readCalendar(text, OPTIONS))).toEqual(expected);
  });
});
