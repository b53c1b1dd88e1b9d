import { dayNumber } from './local-day.ts';

/** The day an address names, as a day number; undefined for what is no date, or far outside our time. */
export function shownDay(text: string | undefined): number | undefined {
  if (text === undefined || !/^20\d\d-/.test(text)) return undefined;
  try {
    return dayNumber(text);
  } catch {
    return undefined;
  }
}
