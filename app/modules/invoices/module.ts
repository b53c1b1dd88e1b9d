import type { Deps } from '#app/core/deps.ts';
import type { Module } from '#app/core/module.ts';
import * as m from '#app/i18n/paraglide/messages.js';

declare module '#app/core/problem.ts' {
  interface ProblemCodes {
    invoice_title_taken: true;
  }
}

/** What invoices tells the composition. */
export const invoices = {
  problems: {
    invoice_title_taken: [409, m.invoices_title_taken_title, m.invoices_title_taken_text, m.invoices_title_taken_next],
  },
} as const satisfies Module<Deps>;
