/** A VFREEBUSY: busy stretches of time, without saying with what. */
import type { Interval } from '../working-calendar.ts';
import type { Clocks } from './calendar-clocks.ts';
import type { CalendarPart } from './calendar-parts.ts';
import { instantOf, momentOf, type Note } from './moments.ts';
import { listed, stretchOf } from './read-event.ts';

/** FBTYPE=FREE is not busy; a stretch without a type is. One whose end cannot be read takes its whole day. */
export function readFreeBusy(part: CalendarPart, clocks: Clocks): { times: { time: Interval; notes: Note[] }[]; lost: number[] } {
  const times: { time: Interval; notes: Note[] }[] = [];
  const lost: number[] = [];
  for (const line of part.lines) {
    if ((line.params.get('FBTYPE') ?? '').toUpperCase() === 'FREE') continue;
    for (const text of listed(line)) {
      const notes: Note[] = [];
      const reading = { clocks, calendar: part.calendar, notes };
      const [begin = '', end = ''] = text.split('/');
      const from = momentOf(begin, line, reading);
      if (!from) {
        lost.push(line.line);
        continue;
      }
      const length = from.isDate ? undefined : stretchOf(from, end, line, reading);
      if (length) {
        const at = instantOf(from);
        const until = length.days > 0 ? from.clock.instant({ day: from.wall.day + length.days, ms: from.wall.ms }) : at;
        times.push({ time: { from: at, until: until + length.ms }, notes });
      } else {
        notes.push({ line: line.line, reason: 'freebusy', found: '' });
        const { day } = clocks.own.wall(instantOf(from));
        times.push({ time: { from: clocks.own.instant({ day, ms: 0 }), until: clocks.own.instant({ day: day + 1, ms: 0 }) }, notes });
      }
    }
  }
  return { times, lost };
}
