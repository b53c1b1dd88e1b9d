import * as m from '#app/i18n/paraglide/messages.js';
import type { CalendarFault } from '#app/modules/scheduling/busy/busy-times.ts';

/** Why a calendar was not read, and what to do. */
export const CALENDAR_FAULTS: Record<CalendarFault, () => string> = {
  not_calendar: m.centre_busy_fault_not_calendar,
  cut_off: m.centre_busy_fault_cut_off,
  too_many_events: m.centre_busy_fault_too_many_events,
  too_many_repetitions: m.centre_busy_fault_too_many_repetitions,
  too_many_times: m.centre_busy_fault_too_many_times,
  took_too_long: m.centre_busy_fault_took_too_long,
  too_large: m.centre_busy_fault_too_large,
  address: m.centre_busy_fault_address,
  private_address: m.centre_busy_fault_private_address,
  unreachable: m.centre_busy_fault_unreachable,
  answer: m.centre_busy_fault_answer,
  too_many_redirects: m.centre_busy_fault_too_many_redirects,
};

export const isCalendarFault = (text: unknown): text is CalendarFault => Object.hasOwn(CALENDAR_FAULTS, String(text));
