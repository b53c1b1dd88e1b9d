/** What the page of the second factor does, one entry per form. */
import { parseWithZod } from '@conform-to/zod/v4';
import type { Services } from '#app/http/services.server.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { addPasskey } from '#app/modules/identity/add-passkey.server.ts';
import { removeSecondFactor, renewRecoveryCodes } from '#app/modules/identity/change-second-factor.server.ts';
import { confirmSecondFactor } from '#app/modules/identity/confirm-second-factor.server.ts';
import { answerForm, passkeyForm, setUpForm } from '#app/modules/identity/forms.ts';
import type { Viewer } from '#app/modules/identity/guards.server.ts';
import { removePasskey } from '#app/modules/identity/remove-passkey.server.ts';
import type { SecondAnswer } from '#app/modules/identity/second-answer.server.ts';
import { comeBack, troubleOf } from './answers.server.ts';

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

async function braked(submission: Submission, form: string, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    const { trouble, status } = troubleOf(error, 'too_many_tries');
    return { back: comeBack(submission, trouble, { form, status }) };
  }
}

/** A change that takes an answer and nothing else. */
const byAnswer =
  (
    name: string,
    work: (services: Services, viewer: Viewer, answer: SecondAnswer, form: FormData) => Promise<string[] | 'done' | 'refused'>,
  ): Change =>
  async (services, viewer, form) => {
    const submission = parseWithZod(form, { schema: answerForm });
    if (submission.status !== 'success') return { back: comeBack(submission, null, { form: name }) };
    const answer = answerOf(submission.value.code, submission.value.passkey);
    if (answer === undefined) return wrongAnswer(submission, name, answer);
    return braked(submission, name, async () => {
      const done = await work(services, viewer, answer, form);
      return done === 'refused' ? wrongAnswer(submission, name, answer) : { codes: done === 'done' ? [] : done };
    });
  };

export const CHANGES: Record<string, Change> = {
  remove: byAnswer('remove', removeSecondFactor),
  renew: byAnswer('renew', renewRecoveryCodes),
  'remove-passkey': byAnswer('remove-passkey', (services, viewer, answer, form) =>
    removePasskey(services, viewer, String(form.get('which')), answer),
  ),
  async confirm(services, viewer, form) {
    const submission = parseWithZod(form, { schema: setUpForm });
    if (submission.status !== 'success') return { back: comeBack(submission, null, { form: 'confirm' }) };
    const { code, recovery, passkey } = submission.value;
    const answer = answerOf(recovery, passkey);
    return braked(submission, 'confirm', async () => {
      const codes = await confirmSecondFactor(services, viewer, code, answer);
      if (codes === 'refused') return { back: comeBack(submission, null, { form: 'confirm', fields: { code: ['wrong_code'] } }) };
      return codes === 'answer_refused' ? wrongAnswer(submission, 'confirm', answer, 'recovery') : { codes };
    });
  },
  async 'add-passkey'(services, viewer, form) {
    const submission = parseWithZod(form, { schema: passkeyForm });
    if (submission.status !== 'success') return { back: comeBack(submission, null, { form: 'add-passkey' }) };
    const { name, made = '', code, passkey } = submission.value;
    const answer = answerOf(code, passkey);
    return braked(submission, 'add-passkey', async () => {
      const codes = await addPasskey(services, viewer, { name, made, ...(answer === undefined ? {} : { answer }) });
      if (codes === 'refused')
        return { back: comeBack(submission, ofPasskey(m.identity_passkey_not_made_text()), { form: 'add-passkey' }) };
      return codes === 'answer_refused' ? wrongAnswer(submission, 'add-passkey', answer) : { codes };
    });
  },
};
