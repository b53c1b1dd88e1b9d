/** What the form of a row says, read. */
import type { Judged, RowText } from '#app/modules/capability/import/judge-row.ts';
import type { Validity } from '#app/modules/capability/rules/validity.ts';
import { dayEnd, dayOf, dayStart, isoDay } from '#app/modules/scheduling/local-day.ts';
import { shownDay } from '#app/modules/scheduling/shown-day.ts';
import { judgedRow, pictureOfRows } from './import-rows.server.ts';

/** What a judged text says on the page. */
export const readRow = (text: RowText, judged: Judged) => ({
  ...judgedRow({ key: '', sheet: 0, line: 0, text, ...judged }),
  picture: pictureOfRows(judged.rows),
});

export type DateTexts = { from: string; until: string };
type DateFaults = { validFrom?: 'date'; validUntil?: 'date' | 'order' };

export const shownDate = (at: number | null, timeZone: string): string => (at === null ? '' : isoDay(dayOf(timeZone, at)));

/** First and last day as instants of the centre's zone; both belong to the time the row holds, an empty one is no bound. */
export function readValidity({ from, until }: DateTexts, timeZone: string): { bounds: Validity; faults: DateFaults } {
  const [first, last] = [from, until].map((text) => (text ? shownDay(text) : null));
  const faults: DateFaults = {
    ...(first === undefined ? { validFrom: 'date' } : {}),
    ...(last === undefined ? { validUntil: 'date' } : last !== null && first != null && last < first ? { validUntil: 'order' } : {}),
  };
  return {
    bounds: { validFrom: first == null ? null : dayStart(timeZone, first), validUntil: last == null ? null : dayEnd(timeZone, last) - 1 },
    faults,
  };
}
