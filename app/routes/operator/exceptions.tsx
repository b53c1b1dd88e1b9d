import { data, type MetaFunction } from '@remix-run/node';
import { Form, useActionData } from '@remix-run/react';
import type { ReactNode } from 'react';
import { isProblem, Problem } from '#app/core/problem.ts';
import { problemStatus } from '#app/http/problems.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView, type ViewOf } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { countWaiting } from '#app/modules/catalogue/accreditation/view-checks.server.ts';
import { markFindingLookedAt } from '#app/modules/identity/audit-findings.server.ts';
import { requireOperator } from '#app/modules/identity/guards.server.ts';
import { retryLateEffect } from '#app/modules/notices/late-effects.server.ts';
import { explainDifference } from '#app/modules/payments/explain-difference.server.ts';
import { retryRefundOfAnybody } from '#app/modules/payments/retry-refund.server.ts';
import { FormError, Submit, TextField } from '#app/ui/form.tsx';
import { dayTime, money } from '#app/ui/format.ts';
import { Empty, Page } from '#app/ui/page.tsx';
import { countOf, viewExceptions } from './count.server.ts';
import { AUDIT_FAULTS, differenceText, EFFECTS, FAILURES, findingText } from './exception-words.ts';
import { QueueLinks } from './queue-links.tsx';
import { timeZone } from './words.ts';

export const loader = serve(async ({ request, services }) => {
  const { person } = await requireOperator(services, request);
  const exceptions = await viewExceptions(services, person.id);
  const done = new URL(request.url).searchParams.get('done');
  const count = { ...(await countWaiting(services, person.id)), exceptions: countOf(exceptions) };
  return { ...exceptions, count, done: done === null || !Object.hasOwn(DONE, done) ? undefined : (done as keyof typeof DONE) };
});

const DONE = {
  explain: m.operator_exception_explained,
  refund: m.operator_exception_refund_again,
  effect: m.operator_exception_effect_again,
  looked: m.operator_exception_looked,
};
const FAULTS = { needed: m.operator_exception_note_needed, too_long: m.operator_fault_reason_too_long, gone: m.operator_exception_gone };

export const action = serve(async ({ request, services }) => {
  const { person } = await requireOperator(services, request);
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '');
  const intent = text('intent');
  const note = text('note');
  const about = text('about');
  try {
    if (intent === 'explain') await explainDifference(services, person.id, { position: Number(about) || 0, note });
    else if (intent === 'refund') await retryRefundOfAnybody(services, person.id, about);
    else if (intent === 'looked') await markFindingLookedAt(services, person.id, { id: about, note });
    else if (intent === 'effect') await retryLateEffect(services, person.id, about);
    else throw new Problem('bad_request');
  } catch (error) {
    if (!isProblem(error) || error.code === 'bad_request') throw error;
    const { reason } = error.facts;
    const fault: keyof typeof FAULTS = reason === 'needed' || reason === 'too_long' ? reason : 'gone';
    return data({ fault, about, note }, { status: problemStatus(error.code) });
  }
  throw redirectTo(`/operator/exceptions?done=${intent}`);
});

export const meta: MetaFunction = () => [{ title: `${m.operator_exceptions_title()} · ${m.brand()}` }];

export default function Exceptions() {
  const { differences, refunds, effects, findings, count, done } = useView<typeof loader>();
  const answered = useActionData<typeof action>();
  return (
    <Page title={m.operator_exceptions_title()} lead={m.operator_exceptions_lead()}>
      <QueueLinks count={count} />
      {done && (
        <p role="status" className="rounded-field bg-ok-soft px-4 py-3 text-ok">
          {DONE[done]()}
        </p>
      )}
      {answered && <FormError title={FAULTS[answered.fault]()} />}
      {count.exceptions === 0 && (
        <Empty title={m.operator_exceptions_none()}>
          <p>{m.operator_exceptions_none_text()}</p>
        </Empty>
      )}
      <Group title={m.operator_exception_audit()} lead={m.operator_exception_audit_lead()} items={findings}>
        {({ id, fault, chain, position, firstAt, lastAt }) => (
          <Item key={id} title={AUDIT_FAULTS[fault]()} at={lastAt} says={findingText({ chain, position, firstAt })}>
            <Note
              about={id}
              intent="looked"
              label={m.operator_exception_looked_note()}
              action={m.operator_exception_look()}
              answered={answered}
            />
          </Item>
        )}
      </Group>
      <Group title={m.operator_exception_money()} lead={m.operator_exception_money_lead()} items={differences}>
        {(difference) => <Difference key={difference.position} difference={difference} answered={answered} />}
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

type Answered = { about: string; note: string; fault: keyof typeof FAULTS } | undefined;

function Difference({ difference, answered }: { difference: ViewOf<typeof loader>['differences'][number]; answered: Answered }) {
  const { position, at, data: facts } = difference;
  const { title, says } = differenceText(facts);
  return (
    <Item title={title} at={at} says={says}>
      <Note
        about={String(position)}
        intent="explain"
        label={m.operator_exception_note()}
        action={m.operator_exception_explain()}
        answered={answered}
      />
    </Item>
  );
}

type NoteProps = { about: string; intent: 'explain' | 'looked'; label: string; action: string; answered: Answered };

/** What came of it, in the operator's words. */
function Note({ about, intent, label, action, answered }: NoteProps) {
  const own = answered?.about === about ? answered : undefined;
  return (
    <Form method="post" className="grid gap-2 md:w-80">
      <input type="hidden" name="about" value={about} />
      <TextField
        id={`note-${about}`}
        name="note"
        label={label}
        defaultValue={own?.note}
        {...(own && own.fault !== 'gone' ? { errors: [FAULTS[own.fault]()] } : {})}
      />
      <div>
        <Submit name="intent" value={intent} className="btn small">
          {action}
        </Submit>
      </div>
    </Form>
  );
}
