import { mondayOf } from '#app/modules/scheduling/local-day.ts';
import { PUBLIC_HOLIDAYS } from '#app/modules/scheduling/public-holidays.ts';
import type { CourseSession } from '#db/schema/catalogue.ts';
import type { SeedDay } from './day.ts';

/** Courses with dates: the weekday of their room (Monday is 0), and the first of the weeks ahead in which they run, every other one. */
const DATED: Record<string, { weekday: number; week: number }> = {
  'course-internal-audit-longhu-evaluation': { weekday: 3, week: 1 },
  'course-dcc-longhu-evaluation': { weekday: 3, week: 2 },
  'course-calibration-practice-jiangnan-methods': { weekday: 1, week: 1 },
};
const DATES = 4;
/** From nine to four, as the rooms are open. */
const [BEGINS, ENDS] = [540, 960];
const SEATS = 6;

/** Of a course of the demonstration its coming dates; null for what is sold at any free time. */
export function courseDates(slug: string, from: SeedDay): CourseSession[] | null {
  const dated = DATED[slug];
  if (!dated) return null;
  const monday = mondayOf(from.day) - from.day;
  const days = Array.from({ length: DATES }, (_, i) => monday + (dated.week + 2 * i) * 7 + dated.weekday);
  return days
    .filter((day) => PUBLIC_HOLIDAYS.specialDay(from.day + day)?.kind !== 'holiday')
    .map((day) => ({ startAt: from.at(day, BEGINS), endAt: from.at(day, ENDS), seats: SEATS }));
}
