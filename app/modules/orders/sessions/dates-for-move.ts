import { sessionAt } from '#app/modules/scheduling/course-sessions.ts';
import type { CourseSession } from '#db/schema/catalogue.ts';
import type { orders } from '#db/schema/orders.ts';

type Booked = Pick<typeof orders.$inferSelect, 'startAt' | 'snapshot'>;

/** Whether a booking has a date of its course. One booked before the course had any has, once it was moved to one. */
export const isDated = (sessions: CourseSession[] | null, { startAt, snapshot }: Booked): boolean =>
  snapshot.dated === true || sessionAt({ sessions }, startAt) !== undefined;

/**
 * The dates a booking may be moved between, or booked again at. One that has a date gets a date and nothing else: it has seats, and who teaches
 * is the date's. One booked at a free time may move to a date, and to a free time as well: null then.
 */
export const datesForMove = (sessions: CourseSession[] | null, booked: Booked, to: number): CourseSession[] | null =>
  isDated(sessions, booked) ? (sessions ?? []) : sessionAt({ sessions }, to) ? sessions : null;
