/** A red letter (红字发票信息确认单): it takes back a part of an invoice, or all of it. */

import type { RedLetterState } from '#db/schema/invoices.ts';

export type RedLetterEvent = 'confirm' | 'lapse' | 'withdraw' | 'issue';

/** The tax authority's rule (公告 2024 No. 11): what the other side has not confirmed by then is void. */
export const LAPSE_MS = 72 * 3_600_000;

export const lapsesAt = (raisedAt: number): number => raisedAt + LAPSE_MS;

/**
 * The next state; null where the event does not fit. An invoice the buyer has not used is taken back by the seller alone: its letter
 * needs no confirmation. A confirmation counts until the last millisecond before the letter lapses, whenever the task that says so runs.
 * Who raised it may withdraw it until it is confirmed or has lapsed.
 */
export function nextRedLetterState(
  letter: { state: RedLetterState; raisedAt: number; invoiceUsed: boolean },
  event: RedLetterEvent,
  now: number,
): RedLetterState | null {
  const late = now >= lapsesAt(letter.raisedAt);
  const waits = letter.invoiceUsed && letter.state === 'raised';
  if (event === 'lapse') return waits && late ? 'lapsed' : null;
  if (event === 'confirm') return waits && !late ? 'confirmed' : null;
  if (event === 'withdraw') return letter.state === 'raised' && !(waits && late) ? 'withdrawn' : null;
  return letter.state === 'confirmed' || (letter.state === 'raised' && !letter.invoiceUsed) ? 'issued' : null;
}

/** A letter that lapsed or was withdrawn takes nothing back; any other has its amount, issued or not. */
export const isLive = ({ state }: { state: RedLetterState }): boolean => state !== 'lapsed' && state !== 'withdrawn';
export const isWaiting = ({ state }: { state: RedLetterState }): boolean => state === 'raised' || state === 'confirmed';

/** What of an invoice may still be taken back. */
export const leftToTakeBack = (invoiced: number, letters: readonly { state: RedLetterState; amount: number }[]): number =>
  invoiced - letters.filter(isLive).reduce((sum, { amount }) => sum + amount, 0);
