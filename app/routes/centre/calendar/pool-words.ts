import * as m from '#app/i18n/paraglide/messages.js';
import type { PoolKind } from '#db/schema/scheduling.ts';

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
