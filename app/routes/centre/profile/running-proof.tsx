import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import type { ProofState } from '#app/modules/centres/verification/request-rules.ts';
import { Submit } from '#app/ui/form.tsx';
import { dayTime } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';

type Shown = { id: string; state: ProofState; reason: string; statement: string; createdAt: number; decidedAt: number | null };

const STATES: Record<ProofState, { tone: string; name: () => string; text: () => string }> = {
  waiting: { tone: 'warn', name: m.centre_claim_waiting, text: m.centre_claim_waiting_text },
  accepted: { tone: 'ok', name: m.centre_claim_accepted, text: m.centre_claim_accepted_text },
  refused: { tone: 'bad', name: m.centre_claim_refused, text: m.centre_claim_refused_text },
  withdrawn: { tone: '', name: m.centre_claim_withdrawn, text: m.centre_claim_withdrawn_text },
};
const timeZone = 'Asia/Shanghai';

/** Where the proof stands, what the operator answered, and what can be done now. */
export function RunningProof({ proof, manager }: { proof: Shown; manager: boolean }) {
  const { tone, name, text } = STATES[proof.state];
  // Refused without a word: the entry went to another organisation.
  const taken = proof.state === 'refused' && proof.reason === '';
  return (
    <section className="card pad grid max-w-3xl gap-3">
      <p className="flex flex-wrap items-baseline gap-3">
        <span className={`chip ${tone}`}>{name()}</span>
        <span className="tiny">{dayTime(proof.decidedAt ?? proof.createdAt, { timeZone })}</span>
      </p>
      <p>{taken ? m.centre_claim_refused_taken() : text()}</p>
      {proof.reason && <blockquote className="whitespace-pre-line border-l-2 border-line-strong pl-4">{proof.reason}</blockquote>}
      <details>
        <summary className="link w-fit cursor-pointer">{m.centre_claim_statement_sent()}</summary>
        <p className="mt-2 whitespace-pre-line">{proof.statement}</p>
      </details>
      {proof.state === 'waiting' && manager && (
        <Form method="post">
          <input type="hidden" name="proof" value={proof.id} />
          <Submit name="intent" value="withdraw" className="btn danger">
            {m.centre_claim_withdraw()}
          </Submit>
        </Form>
      )}
      {proof.state === 'accepted' && (
        <A to="/centre/profile" className="btn go justify-self-start">
          {m.centre_claim_to_profile()}
        </A>
      )}
    </section>
  );
}
