/** How far an accreditation was checked, and what its centre does next. */
import * as m from '#app/i18n/paraglide/messages.js';
import type { CheckStep } from '#app/modules/capability/accreditation/check-rules.ts';
import type { viewAccreditations } from '#app/modules/capability/accreditation/view-accreditations.server.ts';
import { date } from '#app/ui/format.ts';
import { familyName } from '../catalogue/words.ts';

const STEPS: Record<CheckStep, { tone: string; name: (facts: { date: string }) => string; next: () => string }> = {
  own: { tone: '', name: m.centre_check_own, next: m.centre_check_own_next },
  ended: { tone: 'bad', name: m.centre_accreditation_state_ended, next: m.centre_check_ended_next },
  no_certificate: { tone: 'stated', name: m.centre_check_stated, next: m.centre_check_no_certificate_next },
  waiting: { tone: 'warn', name: m.centre_check_waiting, next: m.centre_check_waiting_next },
  accepted: { tone: 'ok', name: m.centre_check_accepted, next: m.centre_check_accepted_next },
  refused: { tone: 'bad', name: m.centre_check_refused, next: m.centre_check_refused_next },
};

type Held = Pick<
  Awaited<ReturnType<typeof viewAccreditations>>['held'][number],
  'step' | 'checkedAt' | 'checkedFamilies' | 'checkReason' | 'rows'
>;

export function checkView({ step, checkedAt, checkedFamilies, checkReason, rows }: Held, timeZone: string) {
  const { tone, name, next } = STEPS[step];
  const says = [
    step === 'refused' ? m.centre_check_reason({ reason: checkReason }) : '',
    step === 'accepted' ? m.centre_check_families({ families: checkedFamilies.map(familyName).join(m.centre_list_comma()) }) : '',
    step === 'accepted' && rows === 0 ? m.centre_check_no_rows() : '',
    next(),
  ];
  return { tone, name: name({ date: checkedAt === null ? '' : date(checkedAt, { timeZone }) }), says: says.filter(Boolean) };
}
