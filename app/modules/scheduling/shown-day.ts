import { dayNumber } from './local-day.ts';

/** The day an address names (day number): what is no date of our time is as if it were not there. */
export function shownDay(text: string | undefined): number | undefined {
  if (text === undefined || !/^20\d\d-/.test(text)) return undefined;
  try {
    return dayNumber(text);
  } catch {
    return undefined;
  }
}
