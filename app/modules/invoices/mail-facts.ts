/** What is written about invoices and red letters. */

/** What every such mail names. Amounts in 分, tax included; instants in UTC milliseconds. */
export type InvoiceMailFacts = {
  /** Of the request. */
  number: string;
  /** Of the invoice; empty before it is issued. */
  invoiceNumber: string;
  titleName: string;
  amount: number;
  centreZh: string;
  centreEn: string;
  buyerZh: string;
  buyerEn: string;
  timeZone: string;
  link: string;
};

type RedFacts = InvoiceMailFacts & { red: number };

declare module '#app/core/mail.server.ts' {
  interface MailFacts {
    /** To the centre: to be issued. */
    invoice_requested: InvoiceMailFacts;
    /** To the centre: not to be issued any more; `refunded` because all of it went back. */
    invoice_withdrawn: InvoiceMailFacts & { refunded: boolean };
    invoice_issued: InvoiceMailFacts;
    /** `reason` in the centre's words. */
    invoice_refused: InvoiceMailFacts & { reason: string };
    /** To the centre: to be filed and issued. `until` 0 where nobody has to confirm. */
    red_letter_raised: RedFacts & { until: number };
    /** To the buyer: to be confirmed until then. */
    red_letter_to_confirm: RedFacts & { until: number };
    /** To the centre. */
    red_letter_confirmed: RedFacts;
    red_letter_lapsed: RedFacts;
    /** To the buyer. `redNumber` of the red invoice. */
    red_letter_issued: RedFacts & { redNumber: string };
  }
}
