/** The revision of a booking in people's calendars: SEQUENCE of RFC 5545, 3.8.7.4. */

type Event = { kind: string; data: Readonly<Record<string, string | number>> };

const BOOKED: readonly string[] = ['paid', 'late_booked'];

/** A move to another resource at the same time changes nothing that a calendar shows. */
const changesTime = ({ kind, data }: Event): boolean => kind === 'cancelled' || (kind === 'moved' && data.from !== data.to);

/**
 * Counted from the timeline, which only grows: the same in every mail and at the order's address, higher with every new time and with
 * the cancellation.
 * @returns null for what was never booked: no calendar has it
 */
export function calendarSequence(events: readonly Event[]): number | null {
  return events.some(({ kind }) => BOOKED.includes(kind)) ? events.filter(changesTime).length : null;
}
