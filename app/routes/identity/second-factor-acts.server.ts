/** What the page of the second factor does, one entry per form. */
import { parseWithZod } from '@conform-to/zod/v4';
import { isProblem } from '#app/core/problem.ts';
import type { Services } from '#app/http/services.server.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { addPasskey } from '#app/modules/identity/add-passkey.server.ts';
import { removeSecondFactor, renewRecoveryCodes } from '#app/modules/identity/change-second-factor.server.ts';
import { confirmSecondFactor } from '#app/modules/identity/confirm-second-factor.server.ts';
import { changeForm, passkeyForm, setUpForm } from '#app/modules/identity/forms.ts';
import type { Viewer } from '#app/modules/identity/guards.server.ts';
import { removePasskey } from '#app/modules/identity/remove-passkey.server.ts';
import type { SecondAnswer } from '#app/modules/identity/second-answer.server.ts';
import { comeBack, comeBackWith } from './answers.server.ts';

/** Recovery codes to be shown (none: it is just done), or the form again. */
type Outcome = { codes: string[] } | { back: ReturnType<typeof comeBack> };
type Change = (services: Services, viewer: Viewer, form: FormData) => Promise<Outcome>;

/** What was typed comes first: whoever types does not want to be asked for a passkey. */
const answerOf = (code: string | undefined, passkey: string | undefined): SecondAnswer | undefined =>
  code ?? (passkey ? { passkey } : undefined);

const ofPasskey = (text: string) => ({ title: m.identity_passkey_refused_title(), text });
const answerFirst = () => ({ title: m.identity_second_answer_title(), text: m.identity_second_answer_text() });

type Submission = Parameters<typeof comeBack>[0];

/** The form again, marked where the answer was wrong. */
function wrongAnswer(submission: Submission, form: string, answer: SecondAnswer | undefined, field = 'code'): Outcome {
  if (answer === undefined) return { back: comeBack(submission, answerFirst(), { form, fields: { [field]: ['required'] } }) };
  if (typeof answer === 'string') return { back: comeBack(submission, null, { form, fields: { [field]: ['wrong_code'] } }) };
  return { back: comeBack(submission, ofPasskey(m.identity_passkey_refused_text()), { form }) };
}

type Tried = { submission: Submission; form: string; answer: SecondAnswer | undefined; answerField?: string };

/** The codes it gives, or the form again: the one place where a refusal of the second factor is said. */
async function tried({ submission, form, answer, answerField }: Tried, work: () => Promise<string[]>): Promise<Outcome> {
  try {
    return { codes: await work() };
  } catch (error) {
    const field = isProblem(error) && error.code === 'invalid_form' ? error.facts.field : undefined;
    if (field === 'answer') return wrongAnswer(submission, form, answer, answerField);
    if (field === 'made') return { back: comeBack(submission, ofPasskey(m.identity_passkey_not_made_text()), { form }) };
    return { back: comeBackWith(submission, error, ['too_many_tries'], form) };
  }
}

/** A change that takes an answer and nothing else. */
const byAnswer =
  (form: string, work: (services: Services, viewer: Viewer, answer: SecondAnswer, which: string) => Promise<string[]>): Change =>
  async (services, viewer, sent) => {
    const submission = parseWithZod(sent, { schema: changeForm });
    if (submission.status !== 'success') return { back: comeBack(submission, null, { form }) };
    const { code, passkey, which = '' } = submission.value;
    const answer = answerOf(code, passkey);
    if (answer === undefined) return wrongAnswer(submission, form, answer);
    return tried({ submission, form, answer }, () => work(services, viewer, answer, which));
  };

export const CHANGES: Record<string, Change> = {
  remove: byAnswer('remove', async (services, viewer, answer) => {
    await removeSecondFactor(services, viewer, answer);
    return [];
  }),
  renew: byAnswer('renew', renewRecoveryCodes),
  'remove-passkey': byAnswer('remove-passkey', async (services, viewer, answer, which) => {
    await removePasskey(services, viewer, which, answer);
    return [];
  }),
  async confirm(services, viewer, sent) {
    const submission = parseWithZod(sent, { schema: setUpForm });
    if (submission.status !== 'success') return { back: comeBack(submission, null, { form: 'confirm' }) };
    const { code, recovery, passkey } = submission.value;
    const answer = answerOf(recovery, passkey);
    return tried({ submission, form: 'confirm', answer, answerField: 'recovery' }, () =>
      confirmSecondFactor(services, viewer, code, answer),
    );
  },
  async 'add-passkey'(services, viewer, sent) {
    const submission = parseWithZod(sent, { schema: passkeyForm });
    if (submission.status !== 'success') return { back: comeBack(submission, null, { form: 'add-passkey' }) };
    const { name, made = '', code, passkey } = submission.value;
    const answer = answerOf(code, passkey);
    return tried({ submission, form: 'add-passkey', answer }, () =>
      addPasskey(services, viewer, { name, made, ...(answer === undefined ? {} : { answer }) }),
    );
  },
};
