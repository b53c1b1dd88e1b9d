/** Times in mail are the centre's, and say so: whoever reads them may be anywhere. */
import type { Locale } from './mail.server.ts';

const format = (timeZone: string, locale: Locale) =>
  new Intl.DateTimeFormat(locale, {
    timeZone,
    calendar: 'gregory',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });

/** @param at UTC milliseconds */
export const instant = (at: number, timeZone: string, locale: Locale): string => format(timeZone, locale).format(at);
/** From one instant to another; the day is said once when it is the same. */
export const span = (from: number, to: number, timeZone: string, locale: Locale): string => format(timeZone, locale).formatRange(from, to);
