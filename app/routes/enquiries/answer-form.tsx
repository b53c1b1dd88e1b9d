import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { MOST_TEXT } from '#app/modules/enquiries/enquiry-rules.ts';
import { Select, Submit, TextArea, TextField } from '#app/ui/form.tsx';
import { type FormBack, FormTrouble } from '#app/ui/form-answer.tsx';

/** One text for both buttons: what is offered, or why not. */
export function AnswerForm({ back, services }: { back: FormBack; services: { slug: string; name: string }[] }) {
  return (
    <Form method="post" className="card pad grid max-w-3xl gap-5">
      <h2>{m.enquiries_answer_title()}</h2>
      <FormTrouble back={back} />
      <TextArea
        name="text"
        label={m.enquiries_answer_text()}
        hint={m.enquiries_answer_text_hint()}
        rows={5}
        maxLength={MOST_TEXT}
        defaultValue={back.text('text')}
        {...back.errors('text')}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          name="price"
          label={m.enquiries_answer_price()}
          inputMode="decimal"
          defaultValue={back.text('price')}
          {...back.errors('price')}
        />
        {services.length > 0 && (
          <Select name="service" label={m.enquiries_answer_service()} defaultValue={back.text('service')} {...back.errors('service')}>
            <option value="">{m.enquiries_answer_service_none()}</option>
            {services.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </div>
      <div className="flex flex-wrap gap-3">
        <Submit name="intent" value="answer" className="btn go" busy={m.enquiries_sending()}>
          {m.enquiries_answer_send()}
        </Submit>
        <Submit name="intent" value="decline" className="btn" busy={m.enquiries_sending()}>
          {m.enquiries_answer_decline()}
        </Submit>
      </div>
      <p className="tiny">{m.enquiries_answer_once()}</p>
    </Form>
  );
}
