/** Hours of a day as people write them: `09:00-12:00, 13:30-17:30`; nothing, or 休息 / closed, is a day off. */
import type { WeeklyHours } from '#db/schema/scheduling.ts';

type DayHours = WeeklyHours[number];
const DAY_MINUTES = 24 * 60;
const MOST_STRETCHES = 8;
const OFF = /^(|-|—|休|休息|关|closed|off)$/i;

/** Minutes of the day, in order and apart; undefined for what cannot be read, overlaps, or does not fit the grid. */
export function parseHours(text: string, gridMinutes: number): DayHours | undefined {
  const plain = text.normalize('NFKC').trim();
  if (OFF.test(plain)) return [];
  const hours: DayHours = [];
  for (const part of plain.split(/[,;、，；]|\s+(?=\d)/).filter((piece) => piece.trim() !== '')) {
    const [, h1, m1 = '0', h2, m2 = '0'] =
      /^\s*(\d{1,2})(?::(\d{2}))?\s*(?:-|–|—|~|～|至|到)\s*(\d{1,2})(?::(\d{2}))?\s*$/.exec(part) ?? [];
    if (h1 === undefined || h2 === undefined || Number(m1) > 59 || Number(m2) > 59) return undefined;
    const from = Number(h1) * 60 + Number(m1);
    const until = Number(h2) * 60 + Number(m2);
    if (from >= until || until > DAY_MINUTES || from % gridMinutes !== 0 || until % gridMinutes !== 0) return undefined;
    hours.push([from, until]);
  }
  hours.sort((a, b) => a[0] - b[0]);
  const apart = hours.every(([from], i) => i === 0 || from >= hours[i - 1]![1]);
  return apart && hours.length <= MOST_STRETCHES ? hours : undefined;
}

const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
export const printHours = (hours: DayHours): string => hours.map(([from, until]) => `${clock(from)}-${clock(until)}`).join(', ');
