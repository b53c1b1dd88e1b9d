/** Rules of the Chinese calendar (RFC 7529), by the table of its months as they are published: the runtime's own calendar is a day off in 2027 and 2030. */
import lunar from 'chinese-days';
import { DAY_MS, dayNumber } from '../local-day.ts';
import type { Interval } from '../working-calendar.ts';
import type { Wall } from './date-values.ts';

type Month = { year: number; month: number; leap: boolean; first: number; days: number };

/** Years of the table. */
const YEARS = { first: 1901, last: 2099 };
const UNDERSTOOD = new Set(['RSCALE', 'FREQ', 'INTERVAL', 'COUNT', 'BYMONTH', 'BYMONTHDAY', 'SKIP', 'WKST']);

const years = new Map<number, Month[]>();

const begins = (year: number, month: number) => lunar.getSolarDateFromLunar(`${year}-${String(month).padStart(2, '0')}-01`);

function monthsOf(year: number): Month[] {
  let months = years.get(year);
  if (!months) {
    const firsts = Array.from({ length: 12 }, (_, i) => {
      const { date, leapMonthDate } = begins(year, i + 1);
      const plain = { year, month: i + 1, leap: false, first: dayNumber(date) };
      return leapMonthDate ? [plain, { ...plain, leap: true, first: dayNumber(leapMonthDate) }] : [plain];
    }).flat();
    const next = dayNumber(begins(year + 1, 1).date);
    months = firsts.map((month, i) => ({ ...month, days: (firsts[i + 1]?.first ?? next) - month.first }));
    years.set(year, months);
  }
  return months;
}

/** As `walkRule`, for a rule with RSCALE=CHINESE by months or years; nothing for one that says more. */
export function walkLunarRule(
  { parts, until }: { parts: ReadonlyMap<string, string>; until: number | undefined },
  start: Wall,
  within: Interval,
): number[] | undefined {
  const last = Math.min(until ?? within.until, within.until);
  const firstYear = new Date(start.day * DAY_MS).getUTCFullYear() - 1;
  const lastYear = new Date(last).getUTCFullYear();
  const freq = parts.get('FREQ');
  if (firstYear < YEARS.first || lastYear > YEARS.last || [...parts.keys()].some((name) => !UNDERSTOOD.has(name))) return undefined;
  if (freq !== 'YEARLY' && freq !== 'MONTHLY') return undefined;
  const months: Month[] = [];
  for (let year = firstYear; year <= lastYear + 1; year++) months.push(...monthsOf(year));
  const at = months.findIndex(({ first, days }) => start.day >= first && start.day < first + days);
  const own = months[at];
  if (!own) return undefined;
  const list = (name: string) => parts.get(name)?.split(',');
  const days = list('BYMONTHDAY')?.map(Number) ?? [start.day - own.first + 1];
  const named = list('BYMONTH') ?? (freq === 'YEARLY' ? [`${own.month}${own.leap ? 'L' : ''}`] : undefined);
  const skip = parts.get('SKIP') ?? 'OMIT';
  const interval = Number(parts.get('INTERVAL') ?? 1);
  const turns =
    freq === 'YEARLY'
      ? months.filter(({ year }) => year >= own.year && (year - own.year) % interval === 0)
      : months.filter((_month, i) => i >= at && (i - at) % interval === 0);
  const chosen = named ? named.flatMap((name) => turns.filter((month) => isNamed(month, name, months, skip))) : turns;
  const found = new Set(
    chosen.flatMap((month) => days.flatMap((day) => dayIn(month, day, skip) ?? [])).map((day) => day * DAY_MS + start.ms),
  );
  const begin = start.day * DAY_MS + start.ms;
  const count = Number(parts.get('COUNT') ?? Number.POSITIVE_INFINITY);
  return [...found]
    .sort((a, b) => a - b)
    .filter((ms) => ms >= begin && ms <= (until ?? ms))
    .slice(0, count)
    .filter((ms) => ms >= within.from && ms <= within.until);
}

/** `5L` is the leap month behind the fifth; in a year without it, nothing, the fifth, or the one after it. */
function isNamed({ year, month, leap }: Month, name: string, months: readonly Month[], skip: string): boolean {
  const [number, wanted] = [Number.parseInt(name, 10), name.endsWith('L')];
  if (month === number && leap === wanted) return true;
  if (!wanted || leap || skip === 'OMIT' || months.some((one) => one.year === year && one.month === number && one.leap)) return false;
  return month === (skip === 'BACKWARD' ? number : number + 1);
}

function dayIn({ first, days }: Month, day: number, skip: string): number | undefined {
  const of = day < 0 ? days + day + 1 : day;
  if (of >= 1 && of <= days) return first + of - 1;
  return of < 1 || skip === 'OMIT' ? undefined : first + days - (skip === 'BACKWARD' ? 1 : 0);
}
