/** What is written about verification requests: to operators that one waits, to who asked how it was decided. */

import type { Letters } from '#app/core/letter.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';

const DECIDED = {
  accepted: {
    subject: m.centre_letter_verification_request_accepted_subject,
    text: m.centre_letter_verification_request_accepted_text,
    action: m.centre_letter_verification_request_accepted_action,
  },
  refused: {
    subject: m.centre_letter_verification_request_refused_subject,
    text: m.centre_letter_verification_request_refused_text,
    action: m.centre_letter_verification_request_action,
  },
  taken: {
    subject: m.centre_letter_verification_request_refused_subject,
    text: m.centre_letter_verification_request_taken_text,
    action: m.centre_letter_verification_request_action,
  },
};

export const verificationRequestLetters: Letters<'verification_request_waiting' | 'verification_request_decided' | 'entry_renamed'> = {
  entry_renamed: ({ beforeZh, beforeEn, centreZh, centreEn, link }, { locale, url }) => {
    const [before, centre] = [pick(beforeZh, beforeEn, locale), pick(centreZh, centreEn, locale)];
    return {
      subject: m.centre_letter_renamed_subject({ centre }, { locale }),
      greeting: m.notices_hello({}, { locale }),
      paragraphs: [m.centre_letter_renamed_text({ before, centre }, { locale })],
      rows: [],
      action: { label: m.centre_letter_renamed_action({}, { locale }), href: url(link) },
    };
  },
  verification_request_waiting: ({ organisationZh, organisationEn, centreZh, centreEn, own, link }, { locale, url }) => {
    const centre = pick(centreZh, centreEn, locale);
    return {
      subject: m.centre_letter_verification_request_waiting_subject({ centre }, { locale }),
      greeting: m.notices_hello({}, { locale }),
      paragraphs: [
        own
          ? m.centre_letter_verification_request_waiting_own({}, { locale })
          : m.centre_letter_verification_request_waiting_claim({}, { locale }),
      ],
      rows: [
        [m.centre_letter_row_organisation({}, { locale }), pick(organisationZh, organisationEn, locale)],
        [m.centre_letter_row_entry({}, { locale }), centre],
      ],
      action: { label: m.centre_letter_verification_request_waiting_action({}, { locale }), href: url(link) },
    };
  },
  verification_request_decided: ({ centreZh, centreEn, outcome, reason, link }, { locale, url }) => {
    const centre = pick(centreZh, centreEn, locale);
    const { subject, text, action } = DECIDED[outcome];
    return {
      subject: subject({ centre }, { locale }),
      greeting: m.notices_hello({}, { locale }),
      paragraphs: [text({ centre }, { locale })],
      rows: reason ? [[m.notices_row_reason({}, { locale }), reason]] : [],
      action: { label: action({}, { locale }), href: url(link) },
    };
  },
};
