/** What is written to who left a need nobody could meet. */

import type { Letters } from '#app/core/letter.ts';
import * as m from '#app/i18n/paraglide/messages.js';

export const demandLetters: Letters<'demand_met'> = {
  demand_met: ({ wanted, count, link }, c) => ({
    subject: m.catalogue_letter_demand_met_subject({ wanted }, c),
    greeting: m.notices_hello({}, c),
    paragraphs: [m.catalogue_letter_demand_met_text({ count }, c)],
    rows: [[m.catalogue_letter_row_wanted({}, c), wanted]],
    action: { label: m.catalogue_letter_action_results({}, c), href: c.url(link) },
  }),
};
