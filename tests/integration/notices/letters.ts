/** Every kind of letter with its facts, and the outbox they wait in. */
import { asc } from 'drizzle-orm';
import { onTestFinished } from 'vitest';
import type { Deps } from '#app/core/deps.ts';
import { type Locale, type Mail, type MailKind, queueMail } from '#app/core/mail.server.ts';
import { drainOutbox } from '#app/core/outbox.server.ts';
import { moduleLetters } from '#app/http/modules.ts';
import { mailDelivery } from '#app/modules/notices/deliver-mail.server.ts';
import { outbox } from '#db/schema/core.ts';
import { MONDAY } from '#tests/support/database.ts';

export const ORDER = {
  number: 'HJ-7K2M-Q9XD',
  serviceZh: '量块校准',
  serviceEn: 'Gauge block calibration',
  centreZh: '苏州长度计量中心',
  centreEn: 'Suzhou Dimensional Metrology Centre',
  startAt: MONDAY,
  endAt: MONDAY + 2 * 3_600_000,
  timeZone: 'Asia/Shanghai',
  gross: 144_000,
  link: '/orders/HJ-7K2M-Q9XD',
};

export const { number: _number, gross: _gross, ...SLOT } = ORDER;

export const BUYER = { buyerZh: '杭州精测仪器', buyerEn: 'Hangzhou Jingce Instruments' };

export const PLACE = { addressZh: '苏州工业园区星湖街 328 号', addressEn: '328 Xinghu Street, Suzhou', sequence: 0 };

export const facts: { [K in MailKind]: Extract<Mail, { kind: K }>['facts'] } = {
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
  enquiry_received: {
    buyerZh: BUYER.buyerZh,
    buyerEn: BUYER.buyerEn,
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
  message_waiting: {
    count: 2,
    number: ORDER.number,
    serviceZh: ORDER.serviceZh,
    serviceEn: ORDER.serviceEn,
    fromZh: BUYER.buyerZh,
    fromEn: BUYER.buyerEn,
    link: '/messages/019f0000-0000-7000-8000-000000000000',
  },
  order_requested: { ...ORDER, decisionDueAt: MONDAY + 86_400_000 },
  order_accepted: { ...ORDER, payBy: MONDAY + 86_400_000 },
  order_declined: { ...ORDER, reason: '标准器送检' },
  order_confirmed: { ...ORDER, ...PLACE },
  order_progress: { ...ORDER, progress: 'received' },
  order_moved: { ...ORDER, ...PLACE, sequence: 1, before: MONDAY - 86_400_000, agreed: false },
  order_move_asked: { ...ORDER, proposed: MONDAY + 86_400_000, until: MONDAY + 3_600_000 },
  order_cancelled: { ...ORDER, ...PLACE, sequence: 1, refund: 72_000, reason: '' },
  order_expired: ORDER,
  payment_late_booked: ORDER,
  payment_late_refunded: { ...ORDER, refund: 144_000 },
  payment_unverified_refunded: { ...ORDER, refund: 144_000 },
  refund_done: { ...ORDER, refund: 72_000 },
  refund_failed: { ...ORDER, refund: 72_000 },
  centre_new_order: { ...ORDER, ...PLACE, ...BUYER, decisionDueAt: 0 },
  centre_order_cancelled: { ...ORDER, ...PLACE, ...BUYER, sequence: 1, reason: '' },
  centre_payment_returned: { ...ORDER, ...BUYER },
  centre_order_moved: { ...ORDER, ...PLACE, ...BUYER, sequence: 1, before: MONDAY - 86_400_000 },
  centre_move_refused: { ...ORDER, ...BUYER, proposed: MONDAY + 86_400_000, lapsed: true },
  slot_offered: { ...SLOT, before: 0, until: MONDAY + 3_600_000 },
  slot_lapsed: { ...SLOT, before: MONDAY },
  demand_met: { wanted: 'warp drive', count: 2, link: '/search?q=x' },
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
  accreditation_checked: {
    kind: 'CNAS',
    number: 'DEMO-CNAS-0001',
    accepted: true,
    families: ['calibration', 'reference_material'],
    reason: '',
    link: '/centre/accreditations/1',
  },
  passkey_changed: { name: '李伟', passkey: '办公电脑', change: 'suspected', at: MONDAY, link: '/account/second-factor' },
  second_factor_taken: { name: '李伟', asked: false, at: MONDAY, link: '/forgot' },
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
};

export const KINDS = Object.keys(facts) as MailKind[];

export const mailOf = (kind: MailKind, locale: Locale = 'zh-CN', to = 'li.wei@example.com') =>
  ({ kind, to, locale, facts: facts[kind] }) as Mail;

export const at = { origin: 'https://hengji.example', from: 'Hengji <no-reply@hengji.example>', now: MONDAY, letters: moduleLetters };

export const queue = (deps: Deps, ...mails: Mail[]) =>
  deps.db.write(async (tx) => {
    for (const mail of mails) await queueMail(tx, mail, deps.clock());
  });

export const deliver = async (deps: Deps) => {
  const { handlers, close } = mailDelivery(deps, moduleLetters);
  onTestFinished(close);
  return drainOutbox(deps, handlers, 'test');
};

export const effects = (deps: Deps) => deps.db.read((q) => q.select().from(outbox).orderBy(asc(outbox.id)));
