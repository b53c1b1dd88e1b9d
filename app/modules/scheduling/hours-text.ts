/**
 * Hours of a day as people write them: `09:00-12:00, 13:30-17:30`; nothing, or 休息 / closed, is a day off. A shift over midnight is
 * `22:00-06:00`, and may be said to end on the next day: `22:00-次日06:00`, `22:00-06:00 next day`, `22:00-06:00 (+1)`.
 */
import type { WeeklyHours } from '#db/schema/scheduling.ts';

type DayHours = WeeklyHours[number];
const DAY_MINUTES = 24 * 60;
const MOST_STRETCHES = 8;
/**
 * An end before the beginning is read as a shift over midnight up to this length. A longer one is taken for two times in the wrong order,
 * unless it says that it ends on the next day.
 */
const LONGEST_NIGHT = 12 * 60;
const LONGEST_SAID = 16 * 60;
const OFF = /^(|-|—|休|休息|关|closed|off)$/i;
/** What says that an end is on the next day, and a sign for it in the text that is read. */
const NEXT_DAY = /\(?\s*(?:次日|翌日|隔日|第二天|(?:on )?(?:the )?(?:next|following) day|\+\s?1(?:\s?d(?:ay)?\b)?)\s*\)?/gi;
const NEXT = '»';

/**
 * Minutes of the day, in order and apart; a shift over midnight ends behind 1440 and belongs to the day it begins. What does not fit the
 * grid is kept as written: whole cells within it are sold (`unsoldOf` names the rest).
 * @returns undefined for what cannot be read, overlaps, or has a stretch without a whole cell (`hoursFault` says which)
 */
export function parseHours(text: string, gridMinutes: number): DayHours | undefined {
  const read = readHours(text, gridMinutes);
  return typeof read === 'string' ? undefined : read;
}

/** `reversed`: an end before its beginning that is no shift over midnight. `no_cell`: a stretch shorter than a cell of the grid. */
export type HoursFault = 'unread' | 'reversed' | 'overlap' | 'no_cell' | 'too_many';

/** Why hours are refused; undefined for hours that are accepted. */
export function hoursFault(text: string, gridMinutes: number): HoursFault | undefined {
  const read = readHours(text, gridMinutes);
  return typeof read === 'string' ? read : undefined;
}

function readHours(text: string, gridMinutes: number): DayHours | HoursFault {
  const typed = text.normalize('NFKC').trim();
  if (OFF.test(typed)) return [];
  const plain = typed
    .replace(NEXT_DAY, NEXT)
    .replace(/\s*(?:[-–—~～至到]|\bto\b)\s*(?:(»)\s*)?/gi, '-$1')
    .replace(/\s+»/g, NEXT);
  const hours: DayHours = [];
  for (const part of plain.split(/[,;、，；]|\s+(?=\d)/).filter((piece) => piece.trim() !== '')) {
    const [, h1, m1 = '0', before, h2, m2 = '0', behind] = /^\s*(\d{1,2})(?::(\d{2}))?-(»)?(\d{1,2})(?::(\d{2}))?(»)?\s*$/.exec(part) ?? [];
    const nextDay = before ?? behind;
    if (h1 === undefined || h2 === undefined || Number(m1) > 59 || Number(m2) > 59) return 'unread';
    const from = Number(h1) * 60 + Number(m1);
    const end = Number(h2) * 60 + Number(m2);
    const until = end < from || nextDay ? end + DAY_MINUTES : end;
    if (from >= DAY_MINUTES || end > DAY_MINUTES) return 'unread';
    if (until > DAY_MINUTES && until - from > (nextDay ? LONGEST_SAID : LONGEST_NIGHT)) return 'reversed';
    if (wholeCells([from, until], gridMinutes) === undefined) return 'no_cell';
    hours.push([from, until]);
  }
  hours.sort((a, b) => a[0] - b[0]);
  const apart = hours.every(([from], i) => i === 0 || from >= hours[i - 1]![1]);
  if (!apart) return 'overlap';
  return hours.length <= MOST_STRETCHES ? hours : 'too_many';
}

/** The cells of the grid that lie wholly within a stretch; undefined when there is none. */
function wholeCells([from, until]: DayHours[number], gridMinutes: number): DayHours[number] | undefined {
  const first = Math.ceil(from / gridMinutes) * gridMinutes;
  const last = Math.floor(until / gridMinutes) * gridMinutes;
  return first < last ? [first, last] : undefined;
}

/** The parts of the hours that make no whole cell of the grid: the pool is open then, but they are never sold. */
export const unsoldOf = (hours: DayHours, gridMinutes: number): DayHours =>
  hours.flatMap(([from, until]) => {
    const [first, last] = wholeCells([from, until], gridMinutes) ?? [until, until];
    const ends: DayHours = [
      [from, first],
      [last, until],
    ];
    return ends.filter(([begin, end]) => begin < end);
  });

/** The days of a week (from 0) whose hours begin before the night of the day before has ended. */
export const daysInNight = (week: readonly DayHours[]): number[] =>
  week.flatMap((hours, day) => {
    const before = week[(day + week.length - 1) % week.length] ?? [];
    const nightEnds = Math.max(0, ...before.map(([, until]) => until - DAY_MINUTES));
    return hours.some(([from]) => from < nightEnds) ? [day] : [];
  });

const onDay = (minutes: number) => (minutes > DAY_MINUTES ? minutes - DAY_MINUTES : minutes);
const clock = (minutes: number) =>
  `${String(Math.floor(onDay(minutes) / 60)).padStart(2, '0')}:${String(onDay(minutes) % 60).padStart(2, '0')}`;

/**
 * As it can be read again.
 * @param nextDay the words for a stretch that ends on the next day
 */
export const printHours = (hours: DayHours, nextDay: (ends: { from: string; until: string }) => string): string =>
  hours
    .map(([from, until]) => {
      const ends = { from: clock(from), until: clock(until) };
      return until > DAY_MINUTES ? nextDay(ends) : `${ends.from}-${ends.until}`;
    })
    .join(', ');
