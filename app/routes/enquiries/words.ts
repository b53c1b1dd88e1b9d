import * as m from '#app/i18n/paraglide/messages.js';
import { MOST_CENTRES } from '#app/modules/enquiries/enquiry-rules.ts';
import type { EnquiryState } from '#db/schema/enquiries.ts';

const STATES: Record<EnquiryState, [name: () => string, tone: string]> = {
  open: [m.enquiries_state_open, 'warn'],
  answered: [m.enquiries_state_answered, 'ok'],
  declined: [m.enquiries_state_declined, ''],
  withdrawn: [m.enquiries_state_withdrawn, ''],
};

export const stateName = (state: EnquiryState): string => STATES[state][0]();
export const stateTone = (state: EnquiryState): string => STATES[state][1];

export const FAULTS = {
  'text.needed': m.enquiries_fault_text,
  'quantity.number': m.enquiries_fault_quantity,
  'quantity.out_of_range': m.enquiries_fault_quantity,
  'neededBy.past': m.enquiries_fault_past,
  'neededBy.unreadable': m.enquiries_fault_day,
  'centres.needed': m.enquiries_fault_centres,
  'centres.too_many': () => m.enquiries_fault_centres_many({ most: MOST_CENTRES }),
  'centres.too_many_open': m.enquiries_fault_centres_open,
  'centres.gone': m.enquiries_fault_centres_gone,
  'price.unreadable': m.enquiries_fault_price,
  'service.gone': m.enquiries_fault_service,
  too_many_tries: m.enquiries_fault_rate,
  stale: m.enquiries_fault_stale,
};
