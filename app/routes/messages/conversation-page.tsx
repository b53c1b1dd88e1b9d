import { Form, useActionData } from '@remix-run/react';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { MOST_FILES_BYTES, MOST_TEXT } from '#app/modules/messages/message-rules.ts';
import type { ConversationAround } from '#app/read-models/view-conversation.server.ts';
import { FileField, Submit, TextArea } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { A } from '#app/ui/link.tsx';
import { Drawn, Page } from '#app/ui/page.tsx';
import { zoneName } from '../booking/words.ts';
import { dialled } from './dialled.ts';

const FAULTS = {
  'text.needed': m.messages_fault_text,
  'text.too_long': m.messages_fault_text_long,
  'text.bad_character': m.messages_fault_character,
  'files.too_many': m.messages_fault_too_many,
  'files.together': m.messages_fault_together,
  'files.file_empty': m.messages_fault_file_empty,
  'files.file_too_large': m.messages_fault_file_too_large,
  'files.file_kind': m.messages_fault_file_kind,
  too_many_tries: m.messages_fault_rate,
};

/** @param messages drawn before (drawn-message.server.tsx) */
export function ConversationPage({ view, messages, sent = false, further = false }: ConversationPageProps) {
  const { id, other, older, timeZone, phone } = view;
  // What came back with an error was not sent, whatever the address says of the one before.
  const answered = useActionData() !== undefined;
  return (
    <Page
      title={other ? pick(other.nameZh, other.nameEn) : m.messages_title()}
      crumbs={[{ to: '/messages', label: m.messages_title() }, { label: other ? pick(other.nameZh, other.nameEn) : '' }]}
      lead={<Subject view={view} />}
    >
      {phone && (
        <p>
          {m.messages_phone()}{' '}
          <a className="link num" href={`tel:${dialled(phone)}`}>
            {phone}
          </a>
        </p>
      )}
      {id !== null && (
        <section className="card pad grid max-w-3xl gap-4" aria-label={m.messages_list()}>
          <p className="tiny">{m.messages_times({ zone: zoneName(timeZone) })}</p>
          {older && (
            <A to={`/messages/${id}?before=${older}`} className="btn small justify-self-start">
              ‹ {m.messages_older()}
            </A>
          )}
          {messages.length === 0 && <p className="muted">{m.messages_none_older()}</p>}
          <Drawn as="ol" className="grid grid-cols-[minmax(0,1fr)] gap-3" markup={messages} />
          {further && (
            <A to={`/messages/${id}#latest`} className="btn small justify-self-start">
              {m.messages_newest()} ›
            </A>
          )}
        </section>
      )}
      <div aria-live="polite" className="empty:hidden">
        {sent && !answered && (
          <p role="status" className="max-w-3xl rounded-field bg-ok-soft px-4 py-3 text-ok">
            {m.messages_sent()}
          </p>
        )}
      </div>
      {!further && (view.writes ? <Write view={view} /> : <p className="muted max-w-3xl">{m.messages_read_only()}</p>)}
    </Page>
  );
}

type ConversationPageProps = { view: ConversationAround; messages: string[]; sent?: boolean; further?: boolean };

function Subject({ view: { side, subject } }: { view: ConversationAround }) {
  const name = pick(subject.nameZh, subject.nameEn);
  if (subject.number !== null)
    return (
      <A to={`${side === 'buyer' ? '/orders' : '/centre/orders'}/${subject.number}`} className="link">
        {m.messages_about_order({ number: subject.number, service: name })}
      </A>
    );
  if (subject.enquiryId !== null)
    return (
      <A to={`/enquiries/${subject.enquiryId}`} className="link">
        {m.messages_about_enquiry({ subject: name })}
      </A>
    );
  return (
    <>
      {subject.onSale ? (
        <A to={`/services/${subject.slug}`} className="link">
          {m.messages_about_service({ service: name })}
        </A>
      ) : (
        m.messages_about_service({ service: name })
      )}
      {!subject.onSale && <span className="chip warn ml-2">{m.messages_not_on_sale()}</span>}
    </>
  );
}

function Write({ view: { once, id, side } }: { view: ConversationAround }) {
  const back = useFormBack(FAULTS);
  const hint = id === null && side === 'buyer' ? m.messages_first_hint() : undefined;
  return (
    <Form method="post" encType="multipart/form-data" className="card pad grid max-w-3xl gap-4">
      <FormTrouble back={back} />
      <input type="hidden" name="once" value={back.text('once', once)} />
      <TextArea
        name="text"
        label={m.messages_write()}
        hint={hint}
        rows={4}
        maxLength={MOST_TEXT}
        defaultValue={back.text('text')}
        {...back.errors('text')}
      />
      <FileField
        name="files"
        label={m.messages_files()}
        hint={m.messages_files_hint()}
        multiple
        most={MOST_FILES_BYTES / 1024 / 1024}
        accept=".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"
        {...back.errors('files')}
      />
      <Submit className="btn go justify-self-start" busy={m.messages_sending()}>
        {m.messages_send()}
      </Submit>
    </Form>
  );
}
