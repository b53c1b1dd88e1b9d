import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import type { VerificationRequestState } from '#app/modules/centres/verification/request-rules.ts';
import { Submit } from '#app/ui/form.tsx';
import { dayTime } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';

type Shown = {
  id: string;
  state: VerificationRequestState;
  reason: string;
  statement: string;
  createdAt: number;
  decidedAt: number | null;
};

const STATES: Record<VerificationRequestState, { tone: string; name: () => string; text: () => string }> = {
  waiting: { tone: 'warn', name: m.centre_claim_waiting, text: m.centre_claim_waiting_text },
  accepted: { tone: 'ok', name: m.centre_claim_accepted, text: m.centre_claim_accepted_text },
  refused: { tone: 'bad', name: m.centre_claim_refused, text: m.centre_claim_refused_text },
  withdrawn: { tone: '', name: m.centre_claim_withdrawn, text: m.centre_claim_withdrawn_text },
};
const timeZone = 'Asia/Shanghai';

interface RunningProps {
  verification: Shown;
  manager: boolean;
  /** It is for an entry that is not the organisation's own yet: what will stand in it can be prepared. */
  prepares: boolean;
}

/** Where the verification request stands, what the operator answered, and what can be done now. */
export function RunningVerificationRequest({ verification, manager, prepares }: RunningProps) {
  const { tone, name, text } = STATES[verification.state];
  // Refused without a word: the entry went to another organisation.
  const taken = verification.state === 'refused' && verification.reason === '';
  return (
    <section className="card pad grid max-w-3xl gap-3">
      <p className="flex flex-wrap items-baseline gap-3">
        <span className={`chip ${tone}`}>{name()}</span>
        <span className="tiny">{dayTime(verification.decidedAt ?? verification.createdAt, { timeZone })}</span>
      </p>
      <p>{taken ? m.centre_claim_refused_taken() : text()}</p>
      {verification.reason && (
        <blockquote className="whitespace-pre-line border-l-2 border-line-strong pl-4">{verification.reason}</blockquote>
      )}
      <details>
        <summary className="link w-fit cursor-pointer">{m.centre_claim_statement_sent()}</summary>
        <p className="mt-2 whitespace-pre-line">{verification.statement}</p>
      </details>
      {verification.state === 'waiting' && prepares && (
        <A to="/centre/profile" className="btn go justify-self-start">
          {m.centre_claim_waiting_prepare()}
        </A>
      )}
      {verification.state === 'waiting' && manager && (
        <Form method="post">
          <input type="hidden" name="verification" value={verification.id} />
          <Submit name="intent" value="withdraw" className="btn danger">
            {m.centre_claim_withdraw()}
          </Submit>
        </Form>
      )}
      {verification.state === 'accepted' && (
        <A to="/centre/profile" className="btn go justify-self-start">
          {m.centre_claim_to_profile()}
        </A>
      )}
    </section>
  );
}
