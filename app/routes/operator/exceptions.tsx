import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { given, shownNumber } from '#app/core/form.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView, type ViewOf } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { markFindingLookedAt } from '#app/modules/identity/audit-findings.server.ts';
import { requireOperator } from '#app/modules/identity/guards.server.ts';
import { retryLateEffect } from '#app/modules/notices/late-effects.server.ts';
import { explainDifference } from '#app/modules/payments/explain-difference.server.ts';
import { retryRefundOfAnybody } from '#app/modules/payments/retry-refund.server.ts';
import { countWaiting } from '#app/read-models/view-checks.server.ts';
import { Submit, TextField } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { dayTime, money } from '#app/ui/format.ts';
import { Empty, Page } from '#app/ui/page.tsx';
import { countOf, viewExceptions } from './count.server.ts';
import { AUDIT_FAULTS, differenceText, EFFECTS, FAILURES, findingText } from './exception-words.ts';
import { QueueLinks } from './queue-links.tsx';
import { timeZone } from './words.ts';

export const loader = serve(async ({ request, services }) => {
  const operator = await requireOperator(services, request);
  const exceptions = await viewExceptions(services, operator);
  const done = new URL(request.url).searchParams.get('done');
  const count = { ...(await countWaiting(services, operator)), exceptions: countOf(exceptions) };
  return { ...exceptions, count, done: done === null || !Object.hasOwn(DONE, done) ? undefined : (done as keyof typeof DONE) };
});

const DONE = {
  explain: m.operator_exception_explained,
  refund: m.operator_exception_refund_again,
  effect: m.operator_exception_effect_again,
  looked: m.operator_exception_looked,
};
const FAULTS = {
  needed: m.operator_exception_note_needed,
  too_long: m.operator_fault_reason_too_long,
  not_found: m.operator_exception_gone,
};

const exceptionForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('explain'), about: shownNumber, note: given }),
  z.object({ intent: z.literal('looked'), about: given, note: given }),
  z.object({ intent: z.literal('refund'), about: given }),
  z.object({ intent: z.literal('effect'), about: given }),
]);

export const action = serve(async ({ request, services }) => {
  const operator = await requireOperator(services, request);
  const act = async (input: z.output<typeof exceptionForm>) => {
    if (input.intent === 'explain') await explainDifference(services, operator, { position: input.about, note: input.note });
    else if (input.intent === 'refund') await retryRefundOfAnybody(services, operator, input.about);
    else if (input.intent === 'looked') await markFindingLookedAt(services, operator, { id: input.about, note: input.note });
    else await retryLateEffect(services, operator, input.about);
    throw redirectTo(`/operator/exceptions?done=${input.intent}`);
  };
  // What was settled meanwhile, by itself or by a colleague, is no longer there.
  return answerForm(request, exceptionForm, act, ['not_found']);
});

export const meta: MetaFunction = () => [{ title: `${m.operator_exceptions_title()} · ${m.brand()}` }];

export default function Exceptions() {
  const { differences, refunds, effects, findings, count, done } = useView<typeof loader>();
  const back = useFormBack(FAULTS);
  return (
    <Page title={m.operator_exceptions_title()} lead={m.operator_exceptions_lead()}>
      <QueueLinks count={count} />
      {done && (
        <p role="status" className="rounded-field bg-ok-soft px-4 py-3 text-ok">
          {DONE[done]()}
        </p>
      )}
      <FormTrouble back={back} />
      {count.exceptions === 0 && (
        <Empty title={m.operator_exceptions_none()}>
          <p>{m.operator_exceptions_none_text()}</p>
        </Empty>
      )}
      <Group title={m.operator_exception_audit()} lead={m.operator_exception_audit_lead()} items={findings}>
        {({ id, fault, chain, position, firstAt, lastAt }) => (
          <Item key={id} title={AUDIT_FAULTS[fault]()} at={lastAt} says={findingText({ chain, position, firstAt })}>
            <Note about={id} intent="looked" label={m.operator_exception_looked_note()} action={m.operator_exception_look()} />
          </Item>
        )}
      </Group>
      <Group title={m.operator_exception_money()} lead={m.operator_exception_money_lead()} items={differences}>
        {(difference) => <Difference key={difference.position} difference={difference} />}
      </Group>
      <Group title={m.operator_exception_refunds()} lead={m.operator_exception_refunds_lead()} items={refunds}>
        {({ id, number, amount, failure, at }) => (
          <Item key={id} title={`${number} · ${money(amount)}`} at={at} says={FAILURES[failure ?? '']?.() ?? failure ?? ''}>
            <Again intent="refund" about={id} label={m.order_refund_retry()} />
          </Item>
        )}
      </Group>
      <Group title={m.operator_exception_effects()} lead={m.operator_exception_effects_lead()} items={effects}>
        {({ id, topic, attempts, since, error, givenUp }) => (
          <Item
            key={id}
            title={EFFECTS[topic]?.() ?? topic}
            at={since}
            says={`${givenUp ? m.operator_exception_given_up({ count: attempts }) : m.operator_exception_tried({ count: attempts })} ${error}`}
          >
            <Again intent="effect" about={id} label={m.operator_exception_again()} />
          </Item>
        )}
      </Group>
    </Page>
  );
}

interface GroupProps<T> {
  title: string;
  lead: string;
  items: readonly T[];
  children: (item: T) => ReactNode;
}

function Group<T>({ title, lead, items, children }: GroupProps<T>) {
  if (items.length === 0) return null;
  return (
    <section className="card pad grid gap-3">
      <h2>{title}</h2>
      <p className="muted">{lead}</p>
      <ul className="grid gap-4">{items.map(children)}</ul>
    </section>
  );
}

function Item({ title, at, says, children }: { title: string; at: number; says: string; children: ReactNode }) {
  return (
    <li className="grid gap-2 border-t border-line pt-4 md:grid-cols-[minmax(0,1fr)_auto] md:items-start md:gap-6">
      <div className="grid gap-1">
        <p className="font-semibold [overflow-wrap:anywhere]">{title}</p>
        <p className="[overflow-wrap:anywhere]">{says}</p>
        <p className="tiny">{dayTime(at, { timeZone })}</p>
      </div>
      {children}
    </li>
  );
}

function Again({ intent, about, label }: { intent: string; about: string; label: string }) {
  return (
    <Form method="post">
      <input type="hidden" name="about" value={about} />
      <Submit name="intent" value={intent} className="btn small">
        {label}
      </Submit>
    </Form>
  );
}

function Difference({ difference }: { difference: ViewOf<typeof loader>['differences'][number] }) {
  const { position, at, data: facts } = difference;
  const { title, says } = differenceText(facts);
  return (
    <Item title={title} at={at} says={says}>
      <Note about={String(position)} intent="explain" label={m.operator_exception_note()} action={m.operator_exception_explain()} />
    </Item>
  );
}

type NoteProps = { about: string; intent: 'explain' | 'looked'; label: string; action: string };

/** What came of it, in the operator's words. */
function Note({ about, intent, label, action }: NoteProps) {
  const back = useFormBack(FAULTS, (typed) => typed.about?.[0] === about && typed.intent?.[0] === intent);
  return (
    <Form method="post" className="grid gap-2 md:w-80">
      <input type="hidden" name="about" value={about} />
      <TextField id={`note-${about}`} name="note" label={label} defaultValue={back.text('note')} {...back.errors('note')} />
      <div>
        <Submit name="intent" value={intent} className="btn small">
          {action}
        </Submit>
      </div>
    </Form>
  );
}
