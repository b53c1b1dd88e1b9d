/** Pools, calendars with State Council holidays, free starts over rows of bits, claims. */
import type { Deps } from '#app/core/deps.ts';
import { DAY_MS, type Module, SECOND_MS } from '#app/core/module.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { readBusyCalendars } from './busy/read-again.server.ts';
import { extendRollups } from './extend-rollup.server.ts';
import { followEntry } from './follow-entry.server.ts';

declare module '#app/core/problem.ts' {
  interface ProblemCodes {
    slot_taken: true;
    slot_closed: true;
    sold_out: true;
    quantity_out_of_range: true;
    closure_has_bookings: true;
    person_booked_twice: true;
  }
}

/** What the composition has to know of scheduling. */
export const scheduling = {
  problems: {
    slot_taken: [409, m.http_slot_taken_title, m.http_slot_taken_text, m.http_slot_taken_next],
    slot_closed: [409, m.http_slot_closed_title, m.http_slot_closed_text, m.http_slot_closed_next],
    sold_out: [409, m.http_sold_out_title, m.http_sold_out_text, m.http_sold_out_next],
    quantity_out_of_range: [400, m.http_quantity_out_of_range_title, m.http_quantity_out_of_range_text, m.http_quantity_out_of_range_next],
    closure_has_bookings: [409, m.http_closure_has_bookings_title, m.http_closure_has_bookings_text, m.http_closure_has_bookings_next],
    person_booked_twice: [409, m.http_person_booked_twice_title, m.http_person_booked_twice_text, m.http_person_booked_twice_next],
  },
  hooks: { entryGiven: followEntry },
  tasks: (deps) => [
    { name: 'open hours ahead', everyMs: DAY_MS / 4, run: (signal) => extendRollups(deps, signal) },
    { name: 'busy calendars', everyMs: 300 * SECOND_MS, run: (signal) => readBusyCalendars(deps, signal) },
  ],
} as const satisfies Module<Deps>;
