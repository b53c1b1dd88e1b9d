/** What is written to buyers and centres about an order. */

import { instant, span } from '#app/core/instants.ts';
import type { Letter, LetterContext, Letters } from '#app/core/letter.ts';
import type { Locale, MailKind } from '#app/core/mail.server.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { OrderMailFacts } from './mail-facts.ts';
import { progressLetter } from './work-words.ts';

type OrderMail = Extract<MailKind, `${'order' | 'payment' | 'refund'}_${string}` | `centre_${string}`>;
type Options = { locale: Locale };
type Subject = (names: { service: string; number: string }, options: Options) => string;
type Action = (names: Record<string, never>, options: Options) => string;

/** 分 in yuan. */
const money = (cents: number, locale: Locale) => new Intl.NumberFormat(locale, { style: 'currency', currency: 'CNY' }).format(cents / 100);
const centreOf = (facts: OrderMailFacts, locale: Locale) => pick(facts.centreZh, facts.centreEn, locale);
const buyerOf = (facts: { buyerZh: string; buyerEn: string }, locale: Locale) => pick(facts.buyerZh, facts.buyerEn, locale);
const due = (at: number, facts: OrderMailFacts, locale: Locale) => instant(at, facts.timeZone, locale);

/** What the attached file does to the appointment in the reader's calendar, where there is one. */
type FileSays = (names: Record<string, never>, options: Options) => string;
type Extra = { refund?: number; reason?: string; address?: string; buyer?: string; action?: Action; file?: FileSays };

/** The sentence differs from kind to kind; the order is always named the same way. */
function orderLetter(
  subject: Subject,
  text: string,
  facts: OrderMailFacts & { sequence?: number },
  { locale, url }: LetterContext,
  extra: Extra = {},
): Letter {
  const service = pick(facts.serviceZh, facts.serviceEn, locale);
  const rows: Letter['rows'] = [
    [m.notices_row_number({}, { locale }), facts.number],
    [m.notices_row_service({}, { locale }), service],
    [m.notices_row_centre({}, { locale }), centreOf(facts, locale)],
    [m.order_letter_row_time({}, { locale }), span(facts.startAt, facts.endAt, facts.timeZone, locale)],
    [m.order_letter_row_arrival({}, { locale }), facts.arrivesAt ? instant(facts.arrivesAt, facts.timeZone, locale) : ''],
    [m.order_letter_row_address({}, { locale }), extra.address ?? ''],
    [m.order_letter_row_buyer({}, { locale }), extra.buyer ?? ''],
    [m.notices_row_amount({}, { locale }), money(facts.gross, locale)],
    [m.order_letter_row_refund({}, { locale }), extra.refund ? money(extra.refund, locale) : ''],
    [m.notices_row_reason({}, { locale }), extra.reason ?? ''],
  ];
  return {
    subject: subject({ service, number: facts.number }, { locale }),
    greeting: m.notices_hello({}, { locale }),
    paragraphs: extra.file && facts.sequence !== undefined ? [text, extra.file({}, { locale })] : [text],
    rows: rows.filter(([, value]) => value !== ''),
    action: { label: (extra.action ?? m.order_letter_action_order)({}, { locale }), href: url(facts.link) },
  };
}

export const orderLetters: Letters<OrderMail> = {
  order_requested: (f, c) => {
    const text = m.order_letter_requested_text({ centre: centreOf(f, c.locale), due: due(f.decisionDueAt, f, c.locale) }, c);
    return orderLetter(m.order_letter_requested_subject, text, f, c);
  },
  order_accepted: (f, c) => {
    const text = m.order_letter_accepted_text({ centre: centreOf(f, c.locale), due: due(f.payBy, f, c.locale) }, c);
    return orderLetter(m.order_letter_accepted_subject, text, f, c, { action: m.order_letter_action_pay });
  },
  order_declined: (f, c) => {
    const text = m.order_letter_declined_text({ centre: centreOf(f, c.locale) }, c);
    return orderLetter(m.order_letter_declined_subject, text, f, c, { reason: f.reason });
  },
  order_confirmed: (f, c) =>
    orderLetter(m.order_letter_confirmed_subject, m.order_letter_confirmed_text({}, c), f, c, {
      address: pick(f.addressZh, f.addressEn, c.locale),
    }),
  order_progress: (f, c) => {
    const { subject, text } = progressLetter(f.progress, f);
    return orderLetter(subject, text({ centre: centreOf(f, c.locale) }, c), f, c);
  },
  order_moved: (f, c) => {
    const before = due(f.before, f, c.locale);
    const text = f.agreed
      ? m.order_letter_moved_agreed_text({ before }, c)
      : m.order_letter_moved_text({ centre: centreOf(f, c.locale), before }, c);
    return orderLetter(m.order_letter_moved_subject, text, f, c, {
      address: pick(f.addressZh, f.addressEn, c.locale),
      file: m.order_letter_file_moved,
    });
  },
  order_move_asked: (f, c) => {
    const names = { centre: centreOf(f, c.locale), proposed: due(f.proposed, f, c.locale), until: due(f.until, f, c.locale) };
    return orderLetter(m.order_letter_move_asked_subject, m.order_letter_move_asked_text(names, c), f, c, {
      action: m.order_letter_action_answer,
    });
  },
  order_cancelled: (f, c) =>
    orderLetter(m.order_letter_cancelled_subject, m.order_letter_cancelled_text({}, c), f, c, {
      refund: f.refund,
      reason: f.reason,
      file: m.order_letter_file_cancelled,
    }),
  order_expired: (f, c) => orderLetter(m.order_letter_expired_subject, m.order_letter_expired_text({}, c), f, c),
  payment_late_booked: (f, c) =>
    orderLetter(m.order_letter_payment_late_booked_subject, m.order_letter_payment_late_booked_text({}, c), f, c),
  payment_late_refunded: (f, c) =>
    orderLetter(m.order_letter_payment_late_refunded_subject, m.order_letter_payment_late_refunded_text({}, c), f, c, { refund: f.refund }),
  payment_unverified_refunded: (f, c) => {
    const text = m.order_letter_payment_unverified_refunded_text({ centre: centreOf(f, c.locale) }, c);
    return orderLetter(m.order_letter_payment_unverified_refunded_subject, text, f, c, { refund: f.refund });
  },
  refund_done: (f, c) =>
    orderLetter(m.order_letter_refund_done_subject, m.order_letter_refund_done_text({}, c), f, c, { refund: f.refund }),
  refund_failed: (f, c) =>
    orderLetter(m.order_letter_refund_failed_subject, m.order_letter_refund_failed_text({}, c), f, c, { refund: f.refund }),
  centre_new_order: (f, c) => {
    const buyer = buyerOf(f, c.locale);
    if (f.decisionDueAt === 0)
      return orderLetter(m.order_letter_centre_new_order_subject, m.order_letter_centre_new_order_text({ buyer }, c), f, c, { buyer });
    const text = m.order_letter_centre_new_request_text({ buyer, due: due(f.decisionDueAt, f, c.locale) }, c);
    return orderLetter(m.order_letter_centre_new_request_subject, text, f, c, { buyer, action: m.order_letter_action_answer });
  },
  centre_order_moved: (f, c) => {
    const buyer = buyerOf(f, c.locale);
    const before = due(f.before, f, c.locale);
    const text =
      f.mover === undefined
        ? m.order_letter_centre_order_moved_text({ buyer, before }, c)
        : m.order_letter_centre_order_moved_own_text({ mover: f.mover, before }, c);
    return orderLetter(m.order_letter_moved_subject, text, f, c, { buyer, file: m.order_letter_file_moved });
  },
  centre_move_refused: (f, c) => {
    const buyer = buyerOf(f, c.locale);
    const names = { buyer, proposed: due(f.proposed, f, c.locale) };
    const text = f.lapsed ? m.order_letter_centre_move_lapsed_text(names, c) : m.order_letter_centre_move_declined_text(names, c);
    return orderLetter(m.order_letter_centre_move_refused_subject, text, f, c, { buyer });
  },
  centre_payment_returned: (f, c) => {
    const buyer = buyerOf(f, c.locale);
    return orderLetter(m.order_letter_centre_payment_returned_subject, m.order_letter_centre_payment_returned_text({ buyer }, c), f, c, {
      buyer,
    });
  },
  centre_order_cancelled: (f, c) => {
    const buyer = buyerOf(f, c.locale);
    const text = m.order_letter_centre_order_cancelled_text({ buyer }, c);
    return orderLetter(m.order_letter_centre_order_cancelled_subject, text, f, c, {
      buyer,
      reason: f.reason,
      file: m.order_letter_file_cancelled,
    });
  },
};
