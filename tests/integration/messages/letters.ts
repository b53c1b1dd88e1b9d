/** A sample of the facts of every letter of the module, in which it is written in both languages (tests/integration/notices/mail.test.ts). */
import type { SampleLetters } from '#tests/support/sample-letters.ts';

export const LETTERS = {
  message_waiting: {
    count: 2,
    number: 'HJ-7K2M-Q9XD',
    serviceZh: '量块校准',
    serviceEn: 'Gauge block calibration',
    fromZh: '杭州精测仪器',
    fromEn: 'Hangzhou Jingce Instruments',
    link: '/messages/019f0000-0000-7000-8000-000000000000',
  },
} satisfies SampleLetters;
