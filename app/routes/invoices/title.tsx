import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { given, shownNumber } from '#app/core/form.ts';
import { Problem } from '#app/core/problem.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { listTitles } from '#app/modules/invoices/list-titles.server.ts';
import { removeTitle } from '#app/modules/invoices/remove-title.server.ts';
import { saveTitle } from '#app/modules/invoices/save-title.server.ts';
import { titleForm } from '#app/modules/invoices/title-form.ts';
import { Select, Submit, TextField } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { kindName, TITLE_FAULTS } from './words.ts';

export const loader = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireMember(services, request, 'sme'));
  const titles = await listTitles(services, actor);
  const order = new URL(request.url).searchParams.get('order') ?? '';
  if (params.id === 'new') return { title: null, order };
  const title = titles.find(({ id }) => id === params.id);
  if (!title) throw new Problem('not_found');
  return { title, order };
});

const shown = { version: shownNumber, order: given };
const saveForm = titleForm.extend(shown);
const removeForm = z.object(shown);

export const action = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireMember(services, request, 'sme'));
  const id = params.id === 'new' ? null : (params.id ?? '');
  const removes = id !== null && new URL(request.url).searchParams.has('remove');
  if (removes)
    return answerForm(request, removeForm, async ({ version }) => {
      await removeTitle(services, actor, { id, version });
      throw redirectTo('/invoices/titles?said=removed');
    });
  return answerForm(request, saveForm, async ({ version, order, ...input }) => {
    await saveTitle(services, actor, input, id === null ? undefined : { id, version });
    throw redirectTo(order ? `/invoices?order=${encodeURIComponent(order)}` : '/invoices/titles?said=saved');
  });
});

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-store' });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.title ? m.invoices_title_change() : m.invoices_title_new()} · ${m.brand()}` },
  { name: 'robots', content: 'noindex' },
];

export default function Title() {
  const { title, order } = useView<typeof loader>();
  const back = useFormBack(TITLE_FAULTS, (typed) => 'taxId' in typed);
  const removed = useFormBack(TITLE_FAULTS, (typed) => !('taxId' in typed));
  const field = (name: 'name' | 'taxId' | 'email' | 'address' | 'phone' | 'bank' | 'account') => ({
    name,
    defaultValue: back.text(name, title?.[name] ?? ''),
    ...back.errors(name),
  });
  return (
    <Page
      title={title ? m.invoices_title_change() : m.invoices_title_new()}
      crumbs={[
        { to: '/invoices', label: m.invoices_title() },
        { to: '/invoices/titles', label: m.invoices_titles() },
        { label: title?.name ?? m.invoices_title_new() },
      ]}
    >
      <Form method="post" className="card pad grid max-w-2xl gap-4">
        <FormTrouble back={back} />
        <input type="hidden" name="version" value={title?.version ?? 0} />
        <input type="hidden" name="order" value={back.text('order', order)} />
        <Select
          label={m.invoices_kind()}
          hint={m.invoices_kind_hint()}
          name="kind"
          defaultValue={back.text('kind', title?.kind ?? 'ordinary')}
          {...back.errors('kind')}
        >
          <option value="ordinary">{kindName('ordinary')}</option>
          <option value="special">{kindName('special')}</option>
        </Select>
        <TextField
          label={m.invoices_field_name()}
          hint={m.invoices_field_name_hint()}
          required
          maxLength={100}
          autoComplete="organization"
          {...field('name')}
        />
        <TextField
          label={m.invoices_field_tax_id()}
          hint={m.invoices_field_tax_id_hint()}
          required
          autoCapitalize="characters"
          className="num"
          {...field('taxId')}
        />
        <TextField
          label={m.invoices_field_email()}
          hint={m.invoices_field_email_hint()}
          type="email"
          required
          autoComplete="email"
          {...field('email')}
        />
        <fieldset className="grid gap-4">
          <legend className="mb-2 font-semibold">{m.invoices_optional()}</legend>
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <TextField label={m.invoices_field_address()} maxLength={100} {...field('address')} />
            <TextField label={m.invoices_field_phone()} type="tel" maxLength={100} {...field('phone')} />
            <TextField label={m.invoices_field_bank()} maxLength={100} {...field('bank')} />
            <TextField label={m.invoices_field_account()} inputMode="numeric" {...field('account')} />
          </div>
        </fieldset>
        <div className="flex flex-wrap gap-3">
          <Submit>{m.invoices_title_save()}</Submit>
          <A to="/invoices/titles" className="btn">
            {m.invoices_back()}
          </A>
        </div>
      </Form>
      {title && (
        <Form method="post" action="?remove=1" className="grid max-w-2xl gap-2">
          <FormTrouble back={removed} />
          <input type="hidden" name="version" value={title.version} />
          <Submit className="btn danger justify-self-start">{m.invoices_title_remove()}</Submit>
          <p className="tiny">{m.invoices_title_remove_hint()}</p>
        </Form>
      )}
    </Page>
  );
}
