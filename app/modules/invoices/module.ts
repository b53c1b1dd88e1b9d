/** Titles and tax ids, requests, what centres issue outside, red letters, the dated rates and tax classes of centres. */
import type { Deps } from '#app/core/deps.ts';
import { type Module, SECOND_MS } from '#app/core/module.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { applyTaxRates } from './apply-tax-rates.server.ts';
import { requestChosen } from './choose-title.server.ts';
import { followEntry } from './follow-entry.server.ts';
import { followFailedRefund, followRefund } from './follow-refund.server.ts';
import { lapseRedLetters } from './lapse-red-letters.server.ts';
import { invoiceLetters } from './letters.ts';

declare module '#app/core/problem.ts' {
  interface ProblemCodes {
    invoice_title_taken: true;
    invoice_past: true;
    red_letter_past: true;
    tax_rate_begun: true;
  }
}

declare module '#app/core/file-use.server.ts' {
  interface FileOwners {
    invoice: true;
    red_letter: true;
  }
}

/** A new rate begins at midnight: nobody is to book at the old one for long. */
const RATES_EVERY_MS = 15 * SECOND_MS;
const LAPSE_EVERY_MS = 60 * SECOND_MS;

/** What invoices tells the composition. */
export const invoices = {
  letters: invoiceLetters,
  problems: {
    invoice_title_taken: [409, m.invoices_title_taken_title, m.invoices_title_taken_text, m.invoices_title_taken_next],
    invoice_past: [409, m.invoices_past_title, m.invoices_past_text, m.invoices_past_next],
    red_letter_past: [409, m.invoices_red_past_title, m.invoices_red_past_text, m.invoices_red_past_next],
    tax_rate_begun: [409, m.invoices_rate_begun_title, m.invoices_rate_begun_text, m.invoices_rate_begun_next],
  },
  hooks: { entryGiven: followEntry, orderConfirmed: requestChosen, orderRefunded: followRefund, refundCameBack: followFailedRefund },
  tasks: (deps) => [
    { name: 'tax rates', everyMs: RATES_EVERY_MS, run: () => applyTaxRates(deps) },
    {
      name: 'red letters',
      everyMs: LAPSE_EVERY_MS,
      run: async (signal) => {
        if ((await lapseRedLetters(deps, signal)) > 0) deps.wake();
      },
    },
  ],
} as const satisfies Module<Deps & { wake(): void }>;
