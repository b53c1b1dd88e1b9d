/** A sample of the facts of every letter of the module, in which it is written in both languages (tests/integration/notices/mail.test.ts). */
import { MONDAY } from '#tests/support/database.ts';
import type { SampleLetters } from '#tests/support/sample-letters.ts';
import { BUYER, ORDER } from '../orders/letters.ts';

const INVOICE = {
  number: 'FP-7K2M-Q9XD',
  invoiceNumber: '26322000000012345678',
  titleName: '杭州精测仪器有限公司',
  amount: 106_000,
  centreZh: ORDER.centreZh,
  centreEn: ORDER.centreEn,
  ...BUYER,
  timeZone: 'Asia/Shanghai',
  link: '/invoices/FP-7K2M-Q9XD',
};

export const LETTERS = {
  invoice_requested: { ...INVOICE, invoiceNumber: '' },
  invoice_withdrawn: { ...INVOICE, invoiceNumber: '', refunded: false },
  invoice_issued: INVOICE,
  invoice_refused: { ...INVOICE, invoiceNumber: '', reason: '抬头与税号不符' },
  red_letter_raised: { ...INVOICE, red: 53_000, until: MONDAY + 72 * 3_600_000 },
  red_letter_to_confirm: { ...INVOICE, red: 53_000, until: MONDAY + 72 * 3_600_000 },
  red_letter_confirmed: { ...INVOICE, red: 53_000 },
  red_letter_lapsed: { ...INVOICE, red: 53_000 },
  red_letter_issued: { ...INVOICE, red: 53_000, redNumber: '26322000000087654321' },
} satisfies SampleLetters;
