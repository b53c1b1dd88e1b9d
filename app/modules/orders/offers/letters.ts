/** What is written to who waits for an earlier slot. */

import { instant, span } from '#app/core/instants.ts';
import type { Letter, LetterContext, Letters } from '#app/core/letter.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { SlotMailFacts } from '../mail-facts.ts';

function slotLetter(
  facts: SlotMailFacts,
  { locale, url }: LetterContext,
  words: { subject: string; text: string; action: string },
): Letter {
  const rows: Letter['rows'] = [
    [m.notices_row_service({}, { locale }), pick(facts.serviceZh, facts.serviceEn, locale)],
    [m.notices_row_centre({}, { locale }), pick(facts.centreZh, facts.centreEn, locale)],
    [m.order_letter_row_time({}, { locale }), span(facts.startAt, facts.endAt, facts.timeZone, locale)],
    [m.order_letter_row_booked_for({}, { locale }), facts.before === 0 ? '' : instant(facts.before, facts.timeZone, locale)],
  ];
  return {
    subject: words.subject,
    greeting: m.notices_hello({}, { locale }),
    paragraphs: [words.text],
    rows: rows.filter(([, value]) => value !== ''),
    action: { label: words.action, href: url(facts.link) },
  };
}

const serviceOf = (facts: SlotMailFacts, { locale }: LetterContext) => pick(facts.serviceZh, facts.serviceEn, locale);

export const slotLetters: Letters<'slot_offered' | 'slot_lapsed'> = {
  slot_offered: (f, c) => {
    const until = instant(f.until, f.timeZone, c.locale);
    const text = f.before === 0 ? m.order_letter_slot_offered_book({ until }, c) : m.order_letter_slot_offered_move({ until }, c);
    const action = f.before === 0 ? m.order_letter_action_book({}, c) : m.order_letter_action_answer({}, c);
    return slotLetter(f, c, { subject: m.order_letter_slot_offered_subject({ service: serviceOf(f, c) }, c), text, action });
  },
  slot_lapsed: (f, c) =>
    slotLetter(f, c, {
      subject: m.order_letter_slot_lapsed_subject({ service: serviceOf(f, c) }, c),
      text: m.order_letter_slot_lapsed_text({}, c),
      action: f.before === 0 ? m.order_letter_action_book({}, c) : m.order_letter_action_order({}, c),
    }),
};
