/** A sample of the facts of every letter of the module, in which it is written in both languages (tests/integration/notices/mail.test.ts). */
import { MONDAY } from '#tests/support/database.ts';
import type { SampleLetters } from '#tests/support/sample-letters.ts';

export const LETTERS = {
  verify_email: { link: '/verify/secret', hours: 48 },
  address_in_use: { name: '李伟', link: '/sign-in', resetLink: '/forgot' },
  reset_password: { name: '李伟', link: '/reset/secret', minutes: 60 },
  password_changed: { name: '李伟', link: '/forgot', at: MONDAY },
  new_device: {
    name: '李伟',
    browser: 'Firefox',
    system: 'Linux',
    network: '203.0.113.*',
    at: MONDAY,
    link: '/account',
    resetLink: '/forgot',
  },
  second_factor: { name: '李伟', on: true, at: MONDAY, link: '/account' },
  sessions_ended: { name: '李伟', at: MONDAY, link: '/forgot' },
  invitation: {
    inviter: '李伟',
    organisationZh: '苏州精测',
    organisationEn: 'Suzhou Jingce',
    role: 'technician',
    link: '/invitation/secret',
    days: 7,
  },
  passkey_changed: { name: '李伟', passkey: '办公电脑', change: 'suspected', at: MONDAY, link: '/account/second-factor' },
  second_factor_taken: { name: '李伟', asked: false, at: MONDAY, link: '/forgot' },
} satisfies SampleLetters;
