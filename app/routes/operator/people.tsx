import { parseWithZod } from '@conform-to/zod/v4';
import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { z } from 'zod';
import { given } from '#app/core/form.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView, type ViewOf } from '#app/http/use-view.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { endSessions } from '#app/modules/identity/end-sessions.server.ts';
import { findPerson } from '#app/modules/identity/find-person.server.ts';
import { emailForm } from '#app/modules/identity/forms.ts';
import { requireOperator } from '#app/modules/identity/guards.server.ts';
import { ROLE_NAMES } from '#app/modules/identity/role-names.ts';
import { takeSecondFactor } from '#app/modules/identity/take-second-factor.server.ts';
import { countWaiting } from '#app/read-models/view-checks.server.ts';
import { Submit, TextField } from '#app/ui/form.tsx';
import { Empty, Page } from '#app/ui/page.tsx';
import { countOf, viewExceptions } from './count.server.ts';
import { FactorRemoval } from './factor-removal.tsx';
import { QueueLinks } from './queue-links.tsx';

export const loader = serve(async ({ request, services }) => {
  const operator = await requireOperator(services, request);
  const { searchParams } = new URL(request.url);
  const email = searchParams.get('email') ?? '';
  const parsed = parseWithZod(searchParams, { schema: emailForm });
  const found = parsed.status === 'success' ? await findPerson(services, operator, parsed.value.email) : undefined;
  const exceptions = countOf(await viewExceptions(services, operator));
  return {
    count: { ...(await countWaiting(services, operator)), exceptions },
    email,
    fault: email !== '' && parsed.status !== 'success',
    found: found ?? null,
    self: found?.id === operator.personId,
    done: searchParams.get('done'),
  };
});

const personForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('end-sessions'), person: given, email: given }),
  z.object({ intent: z.literal('take-factor'), person: given, email: given, reason: given }),
]);

export const action = serve(async ({ request, services }) => {
  const operator = await requireOperator(services, request);
  return answerForm(request, personForm, async (input) => {
    const back = (done: string) => redirectTo(`/operator/people?done=${done}&email=${encodeURIComponent(input.email)}`);
    if (input.intent === 'take-factor') throw back(await takeSecondFactor(services, operator, input.person, input.reason));
    await endSessions(services, operator, input.person);
    throw back('ended');
  });
});

const DONE: Record<string, () => string> = {
  ended: m.operator_people_ended,
  removed: m.operator_factor_removed,
  asked: m.operator_factor_asked,
};

export const meta: MetaFunction = () => [{ title: `${m.operator_people_title()} · ${m.brand()}` }];

export default function People() {
  const { count, email, fault, found, self, done } = useView<typeof loader>();
  const said = done !== null && Object.hasOwn(DONE, done) ? DONE[done]?.() : undefined;
  return (
    <Page title={m.operator_people_title()} lead={m.operator_people_lead()}>
      <QueueLinks count={count} />
      {said && (
        <p role="status" className="rounded-field bg-ok-soft px-4 py-3 text-ok">
          {said}
        </p>
      )}
      <Form action={localePath('/operator/people')} className="flex flex-wrap items-end gap-3">
        <TextField
          label={m.identity_email()}
          name="email"
          type="email"
          defaultValue={email}
          errors={fault ? [m.identity_fault_email()] : undefined}
          autoComplete="off"
        />
        <Submit>{m.operator_people_find()}</Submit>
      </Form>
      {found ? (
        <Found found={found} self={self} />
      ) : (
        email !== '' &&
        !fault && (
          <Empty title={m.operator_people_none()}>
            <p>{m.operator_people_none_text()}</p>
          </Empty>
        )
      )}
    </Page>
  );
}

function Found({ found, self }: { found: NonNullable<ViewOf<typeof loader>['found']>; self: boolean }) {
  return (
    <section className="card pad grid gap-4">
      <h2 className="[overflow-wrap:anywhere]">{found.name}</h2>
      <p className="muted [overflow-wrap:anywhere]">{found.email}</p>
      <ul className="grid gap-1">
        {found.memberships.map(({ nameZh, nameEn, role }) => (
          <li key={nameZh + role}>
            {pick(nameZh, nameEn)} · {ROLE_NAMES[role]()}
          </li>
        ))}
      </ul>
      <p>{m.operator_people_sessions({ count: found.sessions })}</p>
      <Form method="post" className="grid gap-3">
        <input type="hidden" name="person" value={found.id} />
        <input type="hidden" name="email" value={found.email} />
        <p className="tiny">{self ? m.operator_people_end_self() : m.operator_people_end_note()}</p>
        <Submit className="btn danger justify-self-start" name="intent" value="end-sessions">
          {m.operator_people_end()}
        </Submit>
      </Form>
      <FactorRemoval found={found} self={self} />
    </section>
  );
}
