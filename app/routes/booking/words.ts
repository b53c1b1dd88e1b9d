/** What the booking page says about units, lengths, zones and errors. */
import { currentLocale } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { DEFAULT_ZONE } from '#app/modules/scheduling/local-day.ts';
import { day, dayTime, isoDay, time } from '#app/ui/format.ts';
import type { ErrorCode, FieldErrors } from './read-form.ts';

type Unit = 'piece' | 'hour' | 'day' | 'seat' | 'project';

const COUNTED: Record<Unit, (input: { count: number }) => string> = {
  piece: m.booking_count_piece,
  hour: m.booking_count_hour,
  day: m.booking_count_day,
  seat: m.booking_count_seat,
  project: m.booking_count_project,
};
/** `12 件` / `12 pieces`. Orders keep the unit as text: an unknown one counts as pieces. */
export const counted = (unit: string, count: number): string => (COUNTED[unit as Unit] ?? m.booking_count_piece)({ count });

const QUANTITY: Record<Unit, () => string> = {
  piece: m.booking_quantity_piece,
  hour: m.booking_quantity_hour,
  day: m.booking_quantity_day,
  seat: m.booking_quantity_seat,
  project: m.booking_quantity_project,
};
export const quantityLabel = (unit: Unit): string => QUANTITY[unit]();

/** `3 小时 30 分`. */
export function lasting(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return m.booking_minutes({ minutes: rest });
  return rest === 0 ? m.booking_hours({ hours }) : m.booking_hours_minutes({ hours, minutes: rest });
}

/** The zone as people call it: 北京时间. */
export function zoneName(zone: string): string {
  if (zone === DEFAULT_ZONE) return m.booking_zone_beijing();
  const parts = new Intl.DateTimeFormat(currentLocale(), { timeZone: zone, timeZoneName: 'long' }).formatToParts(0);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
}

/** `12月2日 周三 09:30–13:00`, and both days when it ends on another. */
export function span(from: number, until: number, timeZone: string): string {
  const sameDay = isoDay(from, timeZone) === isoDay(until, timeZone);
  if (sameDay) return `${day(from, { timeZone })} ${time(from, { timeZone })}–${time(until, { timeZone })}`;
  return m.booking_span({ from: dayTime(from, { timeZone }), until: dayTime(until, { timeZone }) });
}

/** `09:00 出发，10:00 起在您处`: a technician's way. @param minutes each way, by the clock */
export const arrival = (startAt: number, minutes: number, timeZone: string): string =>
  m.booking_arrival({ out: time(startAt, { timeZone }), there: time(startAt + minutes * 60_000, { timeZone }) });

export function errorText(code: ErrorCode, max: number): string {
  const texts: Record<ErrorCode, () => string> = {
    required: m.booking_error_required,
    too_long: m.booking_error_too_long,
    too_many: m.booking_error_too_many,
    bad_character: m.booking_error_bad_character,
    total_too_high: m.booking_error_total_too_high,
    out_of_range: () => m.booking_error_out_of_range({ max }),
    not_offered: m.booking_error_not_offered,
    invalid: m.booking_error_invalid,
    still_free: m.booking_wait_still_free,
  };
  return texts[code]();
}

function waitError(code: ErrorCode): string {
  if (code === 'still_free') return m.booking_wait_still_free();
  return code === 'too_many' ? m.booking_wait_too_many() : m.booking_wait_no_date();
}

/** The errors of one field in words. */
export const errorsOf = (errors: FieldErrors, field: string, max = 0): string[] | undefined =>
  errors[field]?.map((code) =>
    field === 'startAt'
      ? m.booking_error_no_start()
      : field === 'waitBefore'
        ? waitError(code)
        : field === 'points'
          ? m.booking_error_points({ max })
          : errorText(code, max),
  );
