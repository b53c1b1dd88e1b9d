/** What is written to a centre about itself. */

import { instant } from '#app/core/instants.ts';
import type { Letters } from '#app/core/letter.ts';
import type { Locale, MailFacts } from '#app/core/mail.server.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { certificateTitle } from '#app/modules/centres/accreditation/certificate-title.ts';
import { FAMILY_NAMES } from '../family-names.ts';

type Kind = MailFacts['accreditation_due']['kind'];
const nameOf = (kind: Kind, number: string, locale: Locale) =>
  certificateTitle(kind === 'internal' ? m.catalogue_accreditation_internal({}, { locale }) : kind, number);

export const centreLetters: Letters<'accreditation_due' | 'accreditation_waiting' | 'accreditation_checked'> = {
  accreditation_waiting: ({ kind, number, again, centreZh, centreEn, link }, { locale, url }) => {
    const name = nameOf(kind, number, locale);
    const centre = pick(centreZh, centreEn, locale);
    return {
      subject: m.catalogue_letter_accreditation_waiting_subject({ name, centre }, { locale }),
      greeting: m.notices_hello({}, { locale }),
      paragraphs: [
        again
          ? m.catalogue_letter_accreditation_waiting_again({}, { locale })
          : m.catalogue_letter_accreditation_waiting_new({}, { locale }),
      ],
      rows: [
        [m.notices_row_centre({}, { locale }), centre],
        [m.catalogue_letter_row_accreditation({}, { locale }), name],
      ],
      action: { label: m.catalogue_letter_accreditation_waiting_action({}, { locale }), href: url(link) },
    };
  },
  accreditation_checked: ({ kind, number, accepted, families, reason, link }, { locale, url }) => {
    const name = nameOf(kind, number, locale);
    const named = families.map((family) => FAMILY_NAMES[family]({}, { locale })).join(locale === 'en' ? ', ' : '、');
    return {
      subject: accepted
        ? m.catalogue_letter_accreditation_accepted_subject({ name }, { locale })
        : m.catalogue_letter_accreditation_refused_subject({ name }, { locale }),
      greeting: m.notices_hello({}, { locale }),
      paragraphs: [
        accepted
          ? m.catalogue_letter_accreditation_accepted_text({}, { locale })
          : m.catalogue_letter_accreditation_refused_text({}, { locale }),
      ],
      rows: [
        [m.catalogue_letter_row_accreditation({}, { locale }), name],
        accepted ? [m.catalogue_letter_row_families({}, { locale }), named] : [m.notices_row_reason({}, { locale }), reason],
      ],
      action: { label: m.catalogue_letter_accreditation_checked_action({}, { locale }), href: url(link) },
    };
  },
  accreditation_due: ({ kind, number, until, daysLeft, ended, timeZone, link }, { locale, url }) => {
    const name = nameOf(kind, number, locale);
    return {
      subject: ended
        ? m.catalogue_letter_accreditation_ended_subject({ name }, { locale })
        : m.catalogue_letter_accreditation_due_subject({ name, days: daysLeft }, { locale }),
      greeting: m.notices_hello({}, { locale }),
      paragraphs: [
        ended ? m.catalogue_letter_accreditation_ended_text({}, { locale }) : m.catalogue_letter_accreditation_due_text({}, { locale }),
      ],
      rows: [
        [m.catalogue_letter_row_accreditation({}, { locale }), name],
        [m.catalogue_letter_row_valid_until({}, { locale }), instant(until, timeZone, locale)],
      ],
      action: { label: m.catalogue_letter_accreditation_action({}, { locale }), href: url(link) },
    };
  },
};
