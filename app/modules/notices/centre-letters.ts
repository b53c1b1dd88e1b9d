/** What is written to a centre about itself. */
import * as m from '#app/i18n/paraglide/messages.js';
import { instant } from './instants.ts';
import type { Letters } from './letters.ts';

export const centreLetters: Letters<'accreditation_due'> = {
  accreditation_due: ({ kind, number, until, daysLeft, ended, timeZone, link }, { locale, url }) => {
    const name = `${kind === 'internal' ? m.catalogue_accreditation_internal({}, { locale }) : kind} ${number}`;
    return {
      subject: ended
        ? m.notices_accreditation_ended_subject({ name }, { locale })
        : m.notices_accreditation_due_subject({ name, days: daysLeft }, { locale }),
      greeting: m.notices_hello({}, { locale }),
      paragraphs: [ended ? m.notices_accreditation_ended_text({}, { locale }) : m.notices_accreditation_due_text({}, { locale })],
      rows: [
        [m.notices_row_accreditation({}, { locale }), name],
        [m.notices_row_valid_until({}, { locale }), instant(until, timeZone, locale)],
      ],
      action: { label: m.notices_accreditation_action({}, { locale }), href: url(link) },
    };
  },
};
