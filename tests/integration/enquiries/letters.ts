/** A sample of the facts of every letter of the module, in which it is written in both languages (tests/integration/notices/mail.test.ts). */
import type { SampleLetters } from '#tests/support/sample-letters.ts';
import { BUYER } from '../orders/letters.ts';

export const LETTERS = {
  enquiry_received: {
    ...BUYER,
    subject: 'Pt100, -80 ~ 400 °C, U 5 mK',
    quantity: 3,
    neededBy: '2026-12-18',
    link: '/enquiries/019f0000-0000-7000-8000-000000000000',
  },
  enquiry_answered: {
    declined: false,
    centreZh: '示范中心',
    centreEn: 'Demo Centre',
    subject: 'Pt100, -80 ~ 400 °C, U 5 mK',
    priceFrom: 128_000,
    link: '/enquiries/019f0000-0000-7000-8000-000000000000',
  },
} satisfies SampleLetters;
