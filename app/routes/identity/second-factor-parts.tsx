import { getFormProps } from '@conform-to/react';
import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { answerForm, setUpForm } from '#app/modules/identity/forms.ts';
import { Submit } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { QrCode } from '#app/ui/qr-code.tsx';
import { SchemaField, Troubles, useSchemaForm } from './form-parts.tsx';
import { AskingForm } from './passkey-parts.tsx';
import { AnswerField } from './passkeys.tsx';

const inFours = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ');

/** @param second whether there are passkeys already: one of them, or a recovery code, is to be shown */
export function SetUp({ secret, address, keys, second }: { secret: string; address: string; keys: boolean; second: boolean }) {
  const { form, fields, firstWrong, trouble } = useSchemaForm('confirm', setUpForm);
  return (
    <section className="card pad grid gap-5">
      <h2>{m.identity_authenticator()}</h2>
      <AskingForm form={getFormProps(form)} does="answer" keys={keys} typed="recovery">
        <Troubles trouble={trouble} />
        <h3>{m.identity_second_scan()}</h3>
        <QrCode text={address} label={m.identity_second_qr()} />
        <p className="muted">
          {m.identity_second_secret()} <code className="[overflow-wrap:anywhere]">{inFours(secret)}</code>
        </p>
        <h3>{m.identity_second_type()}</h3>
        <SchemaField
          field={fields.code}
          firstWrong={firstWrong}
          label={m.identity_second_code()}
          hint={m.identity_second_code_hint()}
          inputMode="numeric"
          autoComplete="one-time-code"
        />
        {second && (
          <SchemaField
            field={fields.recovery}
            firstWrong={firstWrong}
            label={m.identity_recovery_code()}
            hint={keys ? m.identity_passkey_or_code() : undefined}
            autoComplete="off"
          />
        )}
        <div>
          <Submit name="intent" value="confirm">
            {m.identity_second_confirm()}
          </Submit>
        </div>
      </AskingForm>
    </section>
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

/** What whoever has one may do with it, each by an answer. */
export function ChangeSecondFactor({ keys, authenticator }: { keys: boolean; authenticator: boolean }) {
  return (
    <>
      {authenticator && (
        <Change id="remove" title={m.identity_second_remove()} note={m.identity_second_remove_note()} look="btn danger" keys={keys} />
      )}
      <Change id="renew" title={m.identity_second_renew()} note={m.identity_second_renew_note()} look="btn" keys={keys} />
      <A to="/account" className="link justify-self-start">
        {m.identity_account_title()}
      </A>
    </>
  );
}

type ChangeProps = { id: 'renew' | 'remove'; title: string; note: string; look: string; keys: boolean };

function Change({ id, title, note, look, keys }: ChangeProps) {
  const { form, fields, firstWrong, trouble } = useSchemaForm(id, answerForm);
  return (
    <section className="card pad grid gap-4">
      <h2>{title}</h2>
      <p className="muted">{note}</p>
      <AskingForm form={getFormProps(form)} does="answer" keys={keys} typed="code">
        <Troubles trouble={trouble} />
        <AnswerField field={fields.code} firstWrong={firstWrong} keys={keys} />
        <div>
          <Submit className={look} name="intent" value={id}>
            {title}
          </Submit>
        </div>
      </AskingForm>
    </section>
  );
}
