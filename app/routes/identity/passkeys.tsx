import { getFormProps } from '@conform-to/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { answerForm, passkeyForm } from '#app/modules/identity/forms.ts';
import { MOST_PASSKEYS } from '#app/modules/identity/passkey-rules.ts';
import { Select, Submit } from '#app/ui/form.tsx';
import { dayTime } from '#app/ui/format.ts';
import { SchemaField, Troubles, useSchemaForm } from './form-parts.tsx';
import { AskingForm } from './passkey-parts.tsx';
import { HOME_ZONE } from './sessions.tsx';

export type ListedPasskey = { id: string; name: string; createdAt: number; lastUsedAt: number | null; suspectedAt: number | null };

/** @param second whether there is a second factor, which is to be shown before another is added */
export function Passkeys({ passkeys, second, suggested }: { passkeys: ListedPasskey[]; second: boolean; suggested: string }) {
  const keys = passkeys.some(({ suspectedAt }) => suspectedAt === null);
  return (
    <section id="passkeys" className="card pad grid gap-5">
      <h2>{m.identity_passkeys()}</h2>
      <p className="muted">{m.identity_passkeys_lead()}</p>
      <PasskeyList passkeys={passkeys} />
      {passkeys.length < MOST_PASSKEYS ? (
        <AddPasskey keys={keys} second={second} suggested={suggested} />
      ) : (
        <p>{m.identity_passkey_most({ most: MOST_PASSKEYS })}</p>
      )}
      {passkeys.length > 0 && <RemovePasskey passkeys={passkeys} keys={keys} />}
    </section>
  );
}

export function PasskeyList({ passkeys }: { passkeys: ListedPasskey[] }) {
  if (passkeys.length === 0) return <p>{m.identity_passkeys_none()}</p>;
  const when = (at: number) => dayTime(at, { timeZone: HOME_ZONE });
  return (
    <ul className="grid divide-y divide-line">
      {passkeys.map(({ id, name, createdAt, lastUsedAt, suspectedAt }) => (
        <li key={id} className="grid gap-1 py-3">
          <span className="flex flex-wrap items-center gap-2">
            <span className="font-semibold [overflow-wrap:anywhere]">{name}</span>
            {suspectedAt !== null && <span className="chip bad">{m.identity_passkey_suspected()}</span>}
          </span>
          <span className="tiny">
            {m.identity_passkey_added_at({ when: when(createdAt) })} ·{' '}
            {lastUsedAt === null ? m.identity_passkey_never() : m.identity_passkey_used_at({ when: when(lastUsedAt) })}
          </span>
          {suspectedAt !== null && <span className="error-text">{m.identity_passkey_suspected_text()}</span>}
        </li>
      ))}
    </ul>
  );
}

function AddPasskey({ keys, second, suggested }: { keys: boolean; second: boolean; suggested: string }) {
  const { form, fields, firstWrong, trouble } = useSchemaForm('add-passkey', passkeyForm, { name: suggested });
  return (
    <AskingForm form={getFormProps(form)} does="add" keys={keys} typed="code">
      <Troubles trouble={trouble} />
      <SchemaField
        field={fields.name}
        firstWrong={firstWrong}
        label={m.identity_passkey_name()}
        hint={m.identity_passkey_name_hint()}
        autoComplete="off"
      />
      {second && <AnswerField field={fields.code} firstWrong={firstWrong} keys={keys} />}
      <div>
        <Submit name="intent" value="add-passkey" hidden>
          {m.identity_passkey_add()}
        </Submit>
      </div>
    </AskingForm>
  );
}

function RemovePasskey({ passkeys, keys }: { passkeys: ListedPasskey[]; keys: boolean }) {
  const { form, fields, firstWrong, trouble } = useSchemaForm('remove-passkey', answerForm);
  return (
    <details className="grid gap-4" open={trouble !== null || firstWrong !== undefined}>
      <summary className="link cursor-pointer">{m.identity_passkey_remove_title()}</summary>
      <div className="mt-4 grid gap-4">
        <p className="muted">{m.identity_passkey_remove_note()}</p>
        <AskingForm form={getFormProps(form)} does="answer" keys={keys} typed="code">
          <Troubles trouble={trouble} />
          <Select label={m.identity_passkey_remove_which()} name="which">
            {passkeys.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
          <AnswerField field={fields.code} firstWrong={firstWrong} keys={keys} />
          <div>
            <Submit className="btn danger" name="intent" value="remove-passkey">
              {m.identity_passkey_remove()}
            </Submit>
          </div>
        </AskingForm>
      </div>
    </details>
  );
}

/** What is typed to answer, when no passkey does. */
export function AnswerField({ keys, ...of }: Pick<Parameters<typeof SchemaField>[0], 'field' | 'firstWrong'> & { keys: boolean }) {
  return (
    <SchemaField
      {...of}
      label={m.identity_second_change()}
      hint={keys ? m.identity_second_change_keys() : undefined}
      autoComplete="one-time-code"
    />
  );
}
