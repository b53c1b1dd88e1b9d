import { HOUR_KINDS, mondayOfWeek } from '#app/modules/parks/utilization.ts';
import { shownDay } from '#app/modules/scheduling/shown-day.ts';
import type { HoursQuestion } from '#app/read-models/view-park-hours.server.ts';
import { type Period, periodOf } from './period.server.ts';

const MOST_OF = 64;

/** What an address asks of the hours under a figure: of which, from when to when, days or orders. One day stands for the period, where it is named. */
export interface AskedHours {
  of: string;
  view: 'days' | 'orders';
  period: Period;
  /** Day number. */
  day: number | undefined;
  page: number;
  question: HoursQuestion;
}

export function askedHours(url: URL, now: number): AskedHours {
  const { searchParams } = url;
  const period = periodOf(url, now);
  const of = (searchParams.get('of') ?? HOUR_KINDS[0]).slice(0, MOST_OF);
  const view = searchParams.get('view') === 'orders' ? 'orders' : 'days';
  const day = view === 'orders' ? shownDay(searchParams.get('day') ?? undefined) : undefined;
  const question = { of, firstDay: day ?? mondayOfWeek(period.firstWeek), lastDay: day ?? mondayOfWeek(period.lastWeek) + 6 };
  return { of, view, period, day, page: Math.min(10_000, Math.max(1, Math.trunc(Number(searchParams.get('page'))) || 1)), question };
}
