import * as m from '#app/i18n/paraglide/messages.js';
import { printHours } from '#app/modules/scheduling/hours-text.ts';
import type { PoolKind, WeeklyHours } from '#db/schema/scheduling.ts';

const KINDS: Record<PoolKind, () => string> = {
  bench: m.centre_pool_kind_bench,
  technician: m.centre_pool_kind_technician,
  standard: m.centre_pool_kind_standard,
  machine: m.centre_pool_kind_machine,
  seat: m.centre_pool_kind_seat,
};
export const POOL_KINDS = Object.keys(KINDS) as PoolKind[];
export const poolKindName = (kind: PoolKind): string => KINDS[kind]();

/** Weekdays, beginning with Monday. */
export const WEEKDAYS = [
  m.centre_weekday_1,
  m.centre_weekday_2,
  m.centre_weekday_3,
  m.centre_weekday_4,
  m.centre_weekday_5,
  m.centre_weekday_6,
  m.centre_weekday_7,
];

export const WEEKDAYS_SHORT = [
  m.centre_weekday_short_1,
  m.centre_weekday_short_2,
  m.centre_weekday_short_3,
  m.centre_weekday_short_4,
  m.centre_weekday_short_5,
  m.centre_weekday_short_6,
  m.centre_weekday_short_7,
];

/** Hours of a day as they are shown and typed, in the reader's language. */
export const hoursText = (hours: WeeklyHours[number]): string => printHours(hours, m.centre_hours_next_day);

/** Why hours of a day are refused. */
export const hoursWords = (grid: string) => ({
  hours_unread: m.centre_pool_fault_hours_unread,
  hours_reversed: m.centre_pool_fault_hours_reversed,
  hours_overlap: m.centre_pool_fault_hours_overlap,
  hours_night: m.centre_pool_fault_hours_night,
  hours_no_cell: () => m.centre_pool_fault_hours_no_cell({ grid }),
  hours_too_many: m.centre_pool_fault_hours_too_many,
});
