/** Dates, times and lengths as calendar programs write them. */
import { DAY_MS } from '../local-day.ts';

/** What a clock shows: the day's number since 1970-01-01, and ms after its midnight. */
export type Wall = { day: number; ms: number };

export type DateValue = Wall & {
  /** A day without a time. */
  isDate: boolean;
  /** The time of day cannot be read: the day alone is known. */
  broken: boolean;
  /** Of a time that names its distance from UTC (`Z` is 0), ms. */
  offset: number | undefined;
};

const DATE = /^(\d{4})-?(\d\d)-?(\d\d)(.*)$/;
const TIME = /^[T ]\s*(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i;
const LAST_DAY = 2_932_896; // 9999-12-31

/** Eight digits are a day, whatever VALUE says. @returns nothing when there is no day in it */
export function dateValue(text: string): DateValue | undefined {
  const date = DATE.exec(text.trim());
  if (!date) return undefined;
  const [year, month, of] = date.slice(1, 4).map(Number) as [number, number, number];
  // Date.UTC takes the years to 99 for those of the last century.
  const midnight = new Date(0).setUTCFullYear(year, month - 1, of);
  if (month < 1 || month > 12 || new Date(midnight).getUTCDate() !== of) return undefined;
  const day = midnight / DAY_MS;
  const rest = (date[4] ?? '').trim();
  if (rest === '' || /^Z$/i.test(rest)) return { day, ms: 0, isDate: true, broken: false, offset: undefined };
  const time = TIME.exec(date[4] ?? '');
  const [hour, minute, second] = [Number(time?.[1]), Number(time?.[2]), Number(time?.[3] ?? 0)];
  const whole = hour === 24 && minute === 0 && second === 0;
  if (!time || (hour > 23 && !whole) || minute > 59 || second > 60) return { day, ms: 0, isDate: true, broken: true, offset: undefined };
  // A leap second is the last of its minute.
  const ms = ((hour * 60 + minute) * 60 + Math.min(59, second)) * 1000;
  const zone = time[4];
  return {
    day: whole ? day + 1 : day,
    ms: whole ? 0 : ms,
    isDate: false,
    broken: false,
    offset: zone === undefined ? undefined : offsetOf(zone),
  };
}

/** `Z`, `+08:00`, `-0530`, `+083000`: ms that a clock is before UTC. */
export function offsetOf(text: string): number | undefined {
  if (/^Z$/i.test(text)) return 0;
  const parts = /^([+-])(\d\d):?(\d\d)(?::?(\d\d))?$/.exec(text);
  if (!parts || Number(parts[2]) > 18 || Number(parts[3]) > 59) return undefined;
  const seconds = (Number(parts[2]) * 60 + Number(parts[3])) * 60 + Number(parts[4] ?? 0);
  return (parts[1] === '-' ? -seconds : seconds) * 1000;
}

/** How long something lasts: days on the clock, and time that passes (RFC 5545 section 3.3.6: a day has 23 or 25 hours when clocks change). */
export type Length = { days: number; ms: number };

/** The T may be missing or too early (`P1H`, `PT1W`). Months are not accepted: their length varies. */
const DURATION = /^\+?PT?(?:(\d+)W)?T?(?:(\d+)D)?T?(?:(\d+)H)?(?:(?<=[TH].*)(\d+)M)?(?:(\d+)S)?$/i;

/** @returns nothing for one that cannot be read, or lies before nothing */
export function lengthValue(text: string): Length | undefined {
  const parts = DURATION.exec(text.trim());
  if (!parts || !/\d/.test(text)) return undefined;
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return {
    days: Math.min(LAST_DAY, weeks * 7 + days),
    ms: Math.min(LAST_DAY * DAY_MS, ((hours * 60 + minutes) * 60 + seconds) * 1000),
  };
}
