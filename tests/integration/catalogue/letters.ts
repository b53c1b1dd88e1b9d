/** A sample of the facts of every letter of the module, in which it is written in both languages (tests/integration/notices/mail.test.ts). */
import type { SampleLetters } from '#tests/support/sample-letters.ts';

export const LETTERS = {
  demand_met: { wanted: 'warp drive', count: 2, link: '/search?q=x' },
  accreditation_checked: {
    kind: 'CNAS',
    number: 'DEMO-CNAS-0001',
    accepted: true,
    families: ['calibration', 'reference_material'],
    reason: '',
    link: '/centre/accreditations/1',
  },
} satisfies SampleLetters;
