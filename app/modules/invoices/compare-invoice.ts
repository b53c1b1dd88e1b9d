/** Whether an invoice, its red letters and the refunds of its orders say the same, and by what name they differ. */
import type { InvoiceState, RedLetterReason, RedLetterState } from '#db/schema/invoices.ts';
import { isLive, isWaiting } from './red-letter-machine.ts';

/**
 * `refund_without_letter`: money went back, no red letter takes it back, and none is on its way · `letter_lapsed`: the same, and one had been
 * raised · `letter_waits`: one is on its way · `letter_without_refund`: red letters take back more than went back · `lines_differ`: the
 * invoice itself never was what was paid.
 */
export type Difference = 'refund_without_letter' | 'letter_lapsed' | 'letter_waits' | 'letter_without_refund' | 'lines_differ';

export type Compared = {
  state: InvoiceState;
  /** As issued, tax included. */
  invoiced: number;
  /** Of its orders: what was paid, and what of it has gone back by now. */
  paid: number;
  refunded: number;
  letters: readonly { state: RedLetterState; reason: RedLetterReason; amount: number }[];
};

export type Comparison = { issuedRed: number; waitingRed: number; left: number; kept: number; differences: Difference[] };

const sum = (letters: Compared['letters']) => letters.reduce((all, { amount }) => all + amount, 0);

/** `left`: what the invoice comes to after its red letters; `kept`: what the centre kept of what was paid. They are to be the same. */
export function compareInvoice({ state, invoiced, paid, refunded, letters }: Compared): Comparison {
  const issuedRed = sum(letters.filter((letter) => letter.state === 'issued'));
  const waitingRed = sum(letters.filter(isWaiting));
  const left = invoiced - issuedRed;
  const kept = paid - refunded;
  const differences: Difference[] = [];
  // One that is taken back whole says nothing of its orders any more: they may be on another.
  if (state !== 'reversed') {
    if (waitingRed > 0) differences.push('letter_waits');
    // What is taken back for a mistake is no refund, and is invoiced anew.
    const forRefunds = sum(letters.filter((letter) => isLive(letter) && letter.reason === 'refund'));
    const missing = invoiced - forRefunds - kept;
    if (missing > 0 && refunded > 0) {
      const lapsed = letters.some((letter) => letter.state === 'lapsed');
      differences.push(lapsed ? 'letter_lapsed' : 'refund_without_letter');
    } else if (missing > 0) differences.push('lines_differ');
    if (missing < 0) differences.push(forRefunds > 0 ? 'letter_without_refund' : 'lines_differ');
  }
  return { issuedRed, waitingRed, left, kept, differences };
}
