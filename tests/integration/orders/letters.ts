/** A sample of the facts of every letter of the module, in which it is written in both languages (tests/integration/notices/mail.test.ts). */
import { MONDAY } from '#tests/support/database.ts';
import type { SampleLetters } from '#tests/support/sample-letters.ts';

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

const { number: _number, gross: _gross, ...SLOT } = ORDER;

export const BUYER = { buyerZh: '杭州精测仪器', buyerEn: 'Hangzhou Jingce Instruments' };

export const PLACE = { addressZh: '苏州工业园区星湖街 328 号', addressEn: '328 Xinghu Street, Suzhou', sequence: 0 };

export const LETTERS = {
  order_requested: { ...ORDER, decisionDueAt: MONDAY + 86_400_000 },
  order_accepted: { ...ORDER, payBy: MONDAY + 86_400_000 },
  order_declined: { ...ORDER, reason: '标准器送检' },
  order_confirmed: { ...ORDER, ...PLACE },
  order_progress: { ...ORDER, progress: 'received', family: 'calibration', deliveryMode: 'courier' },
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
} satisfies SampleLetters;
