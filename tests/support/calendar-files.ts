import type { CalendarReading } from '#app/modules/scheduling/busy/busy-times.ts';

export const at = (text: string) => Date.parse(text.length > 16 ? text : `${text}+08:00`);
/** Two weeks, read for a centre in Shanghai. */
export const SPAN = { from: at('2026-11-23T00:00'), until: at('2026-12-07T00:00') };
export const OPTIONS = { zone: 'Asia/Shanghai', span: SPAN, host: 'hengji.example' };

export const calendarFile = (...parts: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...parts, 'END:VCALENDAR', ''].join('\r\n');
export const event = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:one@example.test', ...lines, 'END:VEVENT'].join('\r\n');

/** At nine for an hour, from Tuesday the 24th of November 2026; the lines asked about are in the file from line 4 on. */
export const NINE = ['DTSTART;TZID=Asia/Shanghai:20261124T090000', 'DTEND;TZID=Asia/Shanghai:20261124T100000'];
export const nine = (...lines: string[]) => calendarFile(event(...NINE, ...lines));
export const days = (first: number, last: number, time = '09:00–10:00') =>
  Array.from({ length: last - first + 1 }, (_, i) => {
    const day = first + i;
    return `${day > 30 ? `12-0${day - 30}` : `11-${day}`} ${time}`;
  });
export const ON_THE_DAY = ['11-24 00:00–11-25 00:00'];

/** A VTIMEZONE: each change as `STANDARD 20070101T000000 +0200 +0100 RRULE:…`. */
export const zoneOf = (tzid: string, ...changes: string[]) =>
  [
    'BEGIN:VTIMEZONE',
    `TZID:${tzid}`,
    ...changes.flatMap((change) => {
      const [kind, start, from, to, ...rest] = change.split(' ');
      return [`BEGIN:${kind}`, `DTSTART:${start}`, `TZOFFSETFROM:${from}`, `TZOFFSETTO:${to}`, ...rest, `END:${kind}`];
    }),
    'END:VTIMEZONE',
  ].join('\r\n');

const shown = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');

/** Busy as `11-24 09:00–10:00` on the clock of Shanghai, then lines unread as `3 event_time`, then what was assumed as `4 zone Nowhere`. */
export const told = (reading: CalendarReading): string[] | string =>
  'fault' in reading
    ? reading.fault
    : [
        ...reading.busy.map(({ from, until }) => `${shown(from)}–${shown(until).replace(shown(from).slice(0, 6), '')}`),
        ...reading.unread.map(({ line, fault }) => `${line} ${fault}`),
        ...reading.assumed.map(({ lines, reason, found }) => `${lines.join(',')} ${reason} ${found}`.trim()),
      ];
