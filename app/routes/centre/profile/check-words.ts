/** How far an accreditation was checked, and what its centre does next. */
import * as m from '#app/i18n/paraglide/messages.js';
import type { accreditationsOf } from '#app/modules/centres/accreditation/accreditations-of.server.ts';
import type { CheckStep } from '#app/modules/centres/accreditation/check-rules.ts';
import type { viewAccreditations } from '#app/read-models/view-accreditations.server.ts';
import { certificateName, familyName } from '#app/routes/catalogue/words.ts';
import { date } from '#app/ui/format.ts';

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

/** One that rows can be put under: `name` without and `named` with how far it was checked, `means` what that means for the rows. */
export function choiceView({ kind, number, validFrom, step, coming }: Choice, timeZone: string) {
  const name = certificateName({ kind, number });
  const { named, means } = CHOICES[step];
  const from = coming && step !== 'own' ? ` ${m.workbench_accreditation_coming({ date: date(validFrom, { timeZone }) })}` : '';
  return { name, named: named({ name }), means: means() + from };
}

type Choice = Awaited<ReturnType<typeof accreditationsOf>>[number];

const CHOICES: Record<CheckStep, { named: (facts: { name: string }) => string; means: () => string }> = {
  own: { named: ({ name }) => name, means: m.workbench_accreditation_own },
  ended: { named: m.workbench_accreditation_named_ended, means: m.workbench_accreditation_ended },
  no_certificate: { named: m.workbench_accreditation_named_no_certificate, means: m.workbench_accreditation_no_certificate },
  waiting: { named: m.workbench_accreditation_named_waiting, means: m.workbench_accreditation_waiting },
  accepted: { named: m.workbench_accreditation_named_accepted, means: m.workbench_accreditation_accepted },
  refused: { named: m.workbench_accreditation_named_refused, means: m.workbench_accreditation_refused },
};
