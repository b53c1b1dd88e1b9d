/** The part a file breaks off in. Its last line may be incomplete and later lines are missing, so it is read in such a way that it blocks. */
import { DAY_MS } from '../local-day.ts';
import type { CalendarPart } from './calendar-parts.ts';
import type { ContentLine } from './content-lines.ts';
import { dateValue } from './date-values.ts';

/**
 * @param last number of the last line that was read before it broke off
 * @returns nothing for a zone: half of its description is none
 */
export function cutPart(part: CalendarPart, last: number): CalendarPart | undefined {
  if (part.kind === 'VTIMEZONE') return undefined;
  const lines = part.lines.flatMap((line) => (line.line === last ? torn(line) : [line]));
  if (part.kind === 'VFREEBUSY') return { ...part, lines };
  const ends = lines.some(({ name }) => name === 'DTEND' || name === 'DURATION');
  return {
    ...part,
    // Whether it repeats, or replaces another event of its UID, is unknown: it counts as an event of its own and replaces none.
    lines: [...lines.filter(({ name }) => name !== 'UID'), ...(ends ? [] : [{ ...blank('DTEND'), line: part.line }])],
  };
}

const blank = (name: string): Omit<ContentLine, 'line'> => ({ name, params: new Map(), value: '' });

/** What an incomplete line still says for certain. */
function torn(line: ContentLine): ContentLine[] {
  const { name, value } = line;
  switch (name) {
    case 'DTSTART':
      return threeDays(line);
    case 'RRULE':
      // The incomplete part cannot be understood, so the rule becomes every day.
      return [{ ...line, value: `${value.replace(/;?[^;]*$/, '')};?` }];
    case 'RDATE':
      return [{ ...line, value: value.replace(/T[^,;]*$/i, '') }];
    case 'FREEBUSY':
      return [
        { ...line, value: value.replace(/(^|,)([^,/]*)(\/?)[^,/]*$/, (_all, comma, from, slash) => comma + (slash ? from : day(from))) },
      ];
    default:
      return [{ ...line, ...blank(name) }];
  }
}

const day = (text: string) => text.replace(/T.*$/i, '');

/** Which day it is depends on the zone or the Z that may have followed: the days before and after are taken too. */
function threeDays(line: ContentLine): ContentLine[] {
  const read = dateValue(day(line.value));
  if (!read) return [line];
  const before = new Date((read.day - 1) * DAY_MS).toISOString().slice(0, 10);
  return [
    { ...line, params: new Map(), value: before },
    { ...line, ...blank('DURATION'), value: 'P3D' },
  ];
}
