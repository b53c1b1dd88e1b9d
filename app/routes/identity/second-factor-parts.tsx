import { getFormProps } from '@conform-to/react';
import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { codeForm } from '#app/modules/identity/forms.ts';
import { Submit } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { QrCode } from '#app/ui/qr-code.tsx';
import { SchemaField, Troubles, useSchemaForm } from './form-parts.tsx';

const inFours = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ');

export function SetUp({ secret, address }: { secret: string; address: string }) {
  const { form, fields, firstWrong, trouble } = useSchemaForm('confirm', codeForm);
  return (
    <Form method="post" {...getFormProps(form)} className="grid gap-6">
      <Troubles trouble={trouble} />
      <section className="grid gap-3">
        <h2>{m.identity_second_scan()}</h2>
        <QrCode text={address} label={m.identity_second_qr()} />
        <p className="muted">
          {m.identity_second_secret()} <code className="[overflow-wrap:anywhere]">{inFours(secret)}</code>
        </p>
      </section>
      <section className="grid gap-3">
        <h2>{m.identity_second_type()}</h2>
        <SchemaField
          field={fields.code}
          firstWrong={firstWrong}
          label={m.identity_second_code()}
          hint={m.identity_second_code_hint()}
          inputMode="numeric"
          autoComplete="one-time-code"
        />
        <div>
          <Submit name="intent" value="confirm">
            {m.identity_second_confirm()}
          </Submit>
        </div>
      </section>
    </Form>
  );
}

/** The only time they are shown. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
  return (
    <Page narrow title={m.identity_second_codes_title()} lead={m.identity_second_codes_lead()}>
      <ol className="card pad grid grid-cols-1 gap-x-6 gap-y-2 font-mono text-[1.0625rem] sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <Form method="post">
        <Submit name="intent" value="continue">
          {m.identity_second_continue()}
        </Submit>
      </Form>
    </Page>
  );
}

/** What whoever has one may do with it, each by a code. */
export function ChangeSecondFactor() {
  return (
    <>
      <Change id="renew" title={m.identity_second_renew()} note={m.identity_second_renew_note()} look="btn" />
      <Change id="remove" title={m.identity_second_remove()} note={m.identity_second_remove_note()} look="btn danger" />
      <A to="/account" className="link justify-self-start">
        {m.identity_account_title()}
      </A>
    </>
  );
}

function Change({ id, title, note, look }: { id: 'renew' | 'remove'; title: string; note: string; look: string }) {
  const { form, fields, firstWrong, trouble } = useSchemaForm(id, codeForm);
  return (
    <section className="card pad grid gap-4">
      <h2>{title}</h2>
      <p className="muted">{note}</p>
      <Form method="post" {...getFormProps(form)} className="grid gap-4">
        <Troubles trouble={trouble} />
        <SchemaField field={fields.code} firstWrong={firstWrong} label={m.identity_second_change()} autoComplete="one-time-code" />
        <div>
          <Submit className={look} name="intent" value={id}>
            {title}
          </Submit>
        </div>
      </Form>
    </section>
  );
}
