/** A sample of the facts of every letter of the module, in which it is written in both languages (tests/integration/notices/mail.test.ts). */
import { MONDAY } from '#tests/support/database.ts';
import type { SampleLetters } from '#tests/support/sample-letters.ts';

export const LETTERS = {
  accreditation_due: {
    kind: 'CNAS',
    number: 'DEMO-CNAS-0001',
    until: MONDAY,
    daysLeft: 30,
    ended: false,
    timeZone: 'Asia/Shanghai',
    link: '/centre/accreditations/1',
  },
  accreditation_waiting: {
    kind: 'CNAS',
    number: 'DEMO-CNAS-0001',
    again: true,
    centreZh: '示范中心',
    centreEn: 'Demo Centre',
    link: '/operator/accreditations/1',
  },
  entry_renamed: { beforeZh: '旧名', beforeEn: 'Old name', centreZh: '新名', centreEn: 'New name', link: '/operator' },
  verification_request_waiting: {
    organisationZh: '示范机构',
    organisationEn: 'Demo Organisation',
    centreZh: '示范中心',
    centreEn: 'Demo Centre',
    own: false,
    link: '/operator/verification-requests/1',
  },
  verification_request_decided: {
    centreZh: '示范中心',
    centreEn: 'Demo Centre',
    outcome: 'refused',
    reason: '缺授权书',
    link: '/centre/claim/demo',
  },
} satisfies SampleLetters;
