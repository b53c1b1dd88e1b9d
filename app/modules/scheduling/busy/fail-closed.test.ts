import fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { describe, expect, it } from 'vitest';
import { calendarFile, event, OPTIONS, SPAN, told, zoneOf } from '#tests/support/calendar-files.ts';
import type { Interval } from '../working-calendar.ts';
import { readCalendar } from './read-calendar.ts';

const busyOf = (text: string): readonly Interval[] => {
  const reading = readCalendar(text, OPTIONS);
  if ('fault' in reading) throw new Error(reading.fault);
  return reading.busy;
};
/** What is busy in the first and not in the second. */
const freed = (before: readonly Interval[], after: readonly Interval[]) =>
  before.filter(({ from, until }) => !after.some((time) => time.from <= from && time.until >= until));

const NEEDED =
  /^(BEGIN|END|UID|SEQUENCE|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|STATUS|TRANSP|METHOD|FREEBUSY|TZID|TZOFFSET\w+|X-MICROSOFT-CDO-BUSYSTATUS)[;:]/i;

const minute = fc.integer({ min: 0, max: 14 * 24 * 60 - 1 });
const stamp = (minutes: number) => new Date(SPAN.from + minutes * 60_000).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
const rule = fc.constantFrom(
  [],
  ['RRULE:FREQ=DAILY;COUNT=4'],
  ['RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR'],
  ['RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20261202'],
  ['RRULE:FREQ=DAILY', 'EXDATE:20261126T010000Z'],
  ['RDATE:20261201T010000Z'],
);
const NINE = ['DTSTART:20261124T010000Z', 'DTEND:20261124T020000Z'];
const events = fc.array(
  fc
    .record({ start: minute, length: fc.integer({ min: 1, max: 600 }), rule })
    .map(({ start, length, rule: repeats }) => [`DTSTART:${stamp(start)}`, `DTEND:${stamp(start + length)}`, ...repeats, 'SUMMARY:占用']),
  { minLength: 1, maxLength: 6 },
);
const fileOf = (all: readonly string[][]) => calendarFile(...all.map((lines, i) => event(...lines).replace('one@', `${i}@`)));
/** Text that begins no part and names none of the properties that are read. */
const garbage = fc
  .oneof(
    fc.string({ maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('DESCRIPTION:a', 'x', ';:=', 'CLASS;A="', 'BEGIN', 'STATUS', '=20'),
  )
  .filter((text) => !text.split(/\r\n|[\r\n]/).some((line) => NEEDED.test(line.trim()) || /^[ \t]/.test(line)));

describe('whatever happens to a file, no time that is known is freed', () => {
  it('by lines nobody needs, wherever they are put or garbled', () => {
    fc.assert(
      fc.property(events, fc.array(fc.tuple(fc.nat(), garbage), { maxLength: 6 }), (all, inserted) => {
        const lines = fileOf(all).split('\r\n');
        const before = busyOf(lines.join('\r\n'));
        for (const [where, text] of inserted) lines.splice(1 + (where % (lines.length - 2)), 0, text);
        const garbled = lines.map((line) => (line.startsWith('SUMMARY') ? (inserted[0]?.[1] ?? line) : line));
        expect(busyOf(garbled.join('\r\n'))).toEqual(before);
      }),
      { numRuns: 300 },
    );
  });

  it('by the way its lines end and are folded', () => {
    fc.assert(
      fc.property(
        events,
        fc.constantFrom('\n', '\r', '\r\n', '\r\r\n'),
        fc.integer({ min: 3, max: 70 }),
        fc.constantFrom(' ', '\t'),
        (all, end, width, blank) => {
          const text = fileOf(all);
          const folded = text
            .split('\r\n')
            .map((line) => (line.match(new RegExp(`.{1,${width}}`, 'gu')) ?? ['']).join(`\r\n${blank}`))
            .join('\r\n');
          expect(busyOf(folded.replaceAll('\r\n', end))).toEqual(busyOf(text));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('by a value of a line that is needed: it stays busy, or is named', () => {
    const value = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('', '0', ';', ',', 'x', 'FREQ=', 'P', 'T', '-1'));
    const name = fc.constantFrom('RRULE', 'EXDATE', 'RDATE', 'DTEND', 'DURATION', 'STATUS', 'TRANSP', 'SEQUENCE', 'RECURRENCE-ID');
    fc.assert(
      fc.property(
        name,
        value.filter((text) => !/[\r\n]/.test(text)),
        (property, text) => {
          const reading = readCalendar(calendarFile(event(...NINE, `${property}:${text}`)), OPTIONS);
          expect(told(reading)).toContain('11-24 09:00–10:00');
        },
      ),
      { numRuns: 400 },
    );
  });

  it('by a beginning that is garbled: its end and its day still block, or its line is named', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 20 }).filter((text) => !/[\r\n]/.test(text)),
        (text) => {
          const reading = readCalendar(calendarFile(event(`DTSTART:${text}`, NINE[1] as string)), OPTIONS);
          if ('fault' in reading) throw new Error(reading.fault);
          expect(reading.busy.length + reading.unread.length).toBeGreaterThan(0);
          if (reading.busy.length > 0 && !/^\s*\d{4}-?\d\d-?\d\d/.test(text)) expect(reading.assumed).toMatchObject([{ reason: 'start' }]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('by a rule that lost a part: no occurrence of the rule is missed', () => {
    const parts = fc.record(
      {
        INTERVAL: fc.constantFrom('1', '2'),
        BYDAY: fc.constantFrom('MO', 'TU,TH', 'SA,SU'),
        BYMONTH: fc.constantFrom('11', '12'),
        BYSETPOS: fc.constantFrom('1', '-1'),
        COUNT: fc.integer({ min: 1, max: 9 }).map(String),
      },
      { requiredKeys: ['BYDAY'] },
    );
    fc.assert(
      fc.property(fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY'), parts, fc.nat(), (freq, by, which) => {
        const all = Object.entries({ FREQ: freq, ...by }).map(([name, text]) => `${name}=${text}`);
        const asked = new RRuleTemporal({ rruleString: `DTSTART;TZID=UTC:20261124T010000\nRRULE:${all.join(';')}` });
        const starts = asked.between(new Date(SPAN.from), new Date(SPAN.until), false).map(({ epochMilliseconds }) => epochMilliseconds);
        const whole = busyOf(calendarFile(event(...NINE, `RRULE:${all.join(';')}`)));
        expect(starts.filter((start) => !whole.some(({ from }) => from === start))).toEqual([]);
        const spoilt = all.map((part, i) => (i === which % all.length ? part.replace(/=.*/, '=?') : part));
        expect(freed(whole, busyOf(calendarFile(event(...NINE, `RRULE:${spoilt.join(';')}`))))).toEqual([]);
        // Said twice and differently, either may be meant.
        const twice = all.flatMap((part, i) => (i === which % all.length ? [part.replace(/=.*/, '=7'), part] : [part]));
        if (!/=[A-Z,]+$/.test(all[which % all.length] as string))
          expect(freed(whole, busyOf(calendarFile(event(...NINE, `RRULE:${twice.join(';')}`))))).toEqual([]);
      }),
      {
        numRuns: 200,
        examples: [
          ['DAILY', { INTERVAL: '2', BYDAY: 'SA,SU', COUNT: '2' }, 1],
          ['WEEKLY', { INTERVAL: '2', BYDAY: 'TU,TH', COUNT: '3' }, 1],
        ],
      },
    );
  });

  it('a clock that is described is the one of that name', () => {
    const berlin = zoneOf(
      'Somewhere',
      'STANDARD 19701025T030000 +0200 +0100 RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
      'DAYLIGHT 19700329T020000 +0100 +0200 RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
    );
    const year = { ...OPTIONS, span: { from: Date.UTC(2026, 0, 1), until: Date.UTC(2028, 0, 1) } };
    fc.assert(
      fc.property(fc.date({ min: new Date('2026-01-02'), max: new Date('2027-12-30'), noInvalidDate: true }), (when) => {
        const text = (zone: string) =>
          calendarFile(berlin, event(`DTSTART;TZID=${zone}:${when.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}`, 'DURATION:PT1H'));
        expect(readCalendar(text('Somewhere'), year)).toEqual(readCalendar(text('Europe/Berlin'), year));
      }),
      { numRuns: 200, examples: [[new Date('2026-03-29T02:30:00Z')], [new Date('2026-10-25T02:30:00Z')]] },
    );
  });

  it('by a date of the first years, as some programs write for none: the others are read, and its rule goes on', () => {
    for (const first of ['00010101T000000', '00000101T000000', '00991231T235959', '16010101T000000', '99991231T235959'])
      for (const rest of [[], ['RRULE:FREQ=YEARLY'], ['RRULE:FREQ=DAILY']]) {
        const odd = event(`DTSTART:${first}`, 'DURATION:PT1H', ...rest).replace('one@', 'odd@');
        const [one] = busyOf(calendarFile(event(...NINE)));
        const both = busyOf(calendarFile(odd, event(...NINE)));
        expect(both.some(({ from, until }) => from <= one!.from && until >= one!.until)).toBe(true);
        if (rest[0]?.endsWith('DAILY') && first < '9') expect(both.length).toBeGreaterThan(5);
      }
  });
});
