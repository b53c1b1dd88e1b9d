import { type Letters, oneLine } from '#app/core/letter.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';

export const enquiryLetters: Letters<'enquiry_received' | 'enquiry_answered'> = {
  enquiry_received: ({ buyerZh, buyerEn, subject, quantity, neededBy, link }, { locale, url }) => {
    const buyer = pick(buyerZh, buyerEn, locale);
    return {
      subject: oneLine(m.enquiries_letter_received_subject({ buyer, subject }, { locale })),
      greeting: m.notices_hello({}, { locale }),
      paragraphs: [m.enquiries_letter_received_text({ buyer }, { locale })],
      rows: (
        [
          [m.enquiries_row_subject({}, { locale }), subject],
          [m.enquiries_row_quantity({}, { locale }), String(quantity)],
          [m.enquiries_row_needed_by({}, { locale }), neededBy],
        ] satisfies [string, string][]
      ).filter(([, value]) => value !== ''),
      action: { label: m.enquiries_letter_received_action({}, { locale }), href: url(link) },
    };
  },
  enquiry_answered: ({ declined, centreZh, centreEn, subject, priceFrom, link }, { locale, url }) => {
    const centre = pick(centreZh, centreEn, locale);
    return {
      subject: oneLine(
        (declined ? m.enquiries_letter_declined_subject : m.enquiries_letter_answered_subject)({ centre, subject }, { locale }),
      ),
      greeting: m.notices_hello({}, { locale }),
      paragraphs: [(declined ? m.enquiries_letter_declined_text : m.enquiries_letter_answered_text)({ centre }, { locale })],
      rows: [
        [m.enquiries_row_subject({}, { locale }), subject],
        ...(priceFrom === null
          ? []
          : ([[m.enquiries_row_price({}, { locale }), m.enquiries_price_from({ price: yuan(priceFrom) }, { locale })]] satisfies [
              string,
              string,
            ][])),
      ],
      action: { label: m.enquiries_letter_answered_action({}, { locale }), href: url(link) },
    };
  },
};

const yuan = (cents: number) => `¥${(cents / 100).toFixed(2)}`;
