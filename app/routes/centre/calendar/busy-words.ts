import * as m from '#app/i18n/paraglide/messages.js';
import type { Assumed, CalendarFault } from '#app/modules/scheduling/busy/busy-times.ts';

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

/** What was not clear in a calendar, and what was assumed. */
const ASSUMED: Record<Assumed, (inputs: { found: string }) => string> = {
  cut_off: () => m.centre_busy_assumed_cut_off(),
  zone: m.centre_busy_assumed_zone,
  zone_offset: m.centre_busy_assumed_zone_offset,
  calendar_zone: m.centre_busy_assumed_calendar_zone,
  start: () => m.centre_busy_assumed_start(),
  end: () => m.centre_busy_assumed_end(),
  no_length: () => m.centre_busy_assumed_no_length(),
  rule: m.centre_busy_assumed_rule,
  rule_throughout: m.centre_busy_assumed_rule_throughout,
  rule_end: m.centre_busy_assumed_rule_end,
  rule_interval: m.centre_busy_assumed_rule_interval,
  exdate: () => m.centre_busy_assumed_exdate(),
  rdate: () => m.centre_busy_assumed_rdate(),
  rdate_lost: () => m.centre_busy_assumed_rdate_lost(),
  recurrence: () => m.centre_busy_assumed_recurrence(),
  sequence: () => m.centre_busy_assumed_sequence(),
  twice: () => m.centre_busy_assumed_twice(),
  status: () => m.centre_busy_assumed_status(),
  freebusy: () => m.centre_busy_assumed_freebusy(),
};

export const assumedWords = (reason: string, found: string): string => ASSUMED[reason as Assumed]?.({ found: found || '…' }) ?? '';
