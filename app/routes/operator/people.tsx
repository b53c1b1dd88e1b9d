import { parseWithZod } from '@conform-to/zod/v4';
import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView, type ViewOf } from '#app/http/use-view.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { endSessions } from '#app/modules/identity/end-sessions.server.ts';
import { findPerson } from '#app/modules/identity/find-person.server.ts';
import { emailForm } from '#app/modules/identity/forms.ts';
import { requireOperator } from '#app/modules/identity/guards.server.ts';
import { ROLE_NAMES } from '#app/modules/identity/role-names.ts';
import { countWaiting } from '#app/read-models/view-checks.server.ts';
import { Submit, TextField } from '#app/ui/form.tsx';
import { Empty, Page } from '#app/ui/page.tsx';
import { countOf, viewExceptions } from './count.server.ts';
import { QueueLinks } from './queue-links.tsx';

export const loader = serve(async ({ request, services }) => {
  const { person } = await requireOperator(services, request);
  const { searchParams } = new URL(request.url);
  const email = searchParams.get('email') ?? '';
  const parsed = parseWithZod(searchParams, { schema: emailForm });
  const found = parsed.status === 'success' ? await findPerson(services, person.id, parsed.value.email) : undefined;
  const exceptions = countOf(await viewExceptions(services, person.id));
  return {
    count: { ...(await countWaiting(services, person.id)), exceptions },
    email,
    fault: email !== '' && parsed.status !== 'success',
    found: found ?? null,
    self: found?.id === person.id,
    ended: searchParams.has('ended'),
  };
});

export const action = serve(async ({ request, services }) => {
  const { person } = await requireOperator(services, request);
  const form = await request.formData();
  if (form.get('intent') !== 'end-sessions') throw new Problem('bad_request');
  await endSessions(services, person.id, String(form.get('person')));
  throw redirectTo(`/operator/people?ended&email=${encodeURIComponent(String(form.get('email') ?? ''))}`);
});

export const meta: MetaFunction = () => [{ title: `${m.operator_people_title()} · ${m.brand()}` }];

export default function People() {
  const { count, email, fault, found, self, ended } = useView<typeof loader>();
  return (
    <Page title={m.operator_people_title()} lead={m.operator_people_lead()}>
      <QueueLinks count={count} />
      {ended && (
        <p role="status" className="rounded-field bg-ok-soft px-4 py-3 text-ok">
          {m.operator_people_ended()}
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
    </section>
  );
}
