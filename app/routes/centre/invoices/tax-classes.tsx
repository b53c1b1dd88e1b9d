import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { FAMILY_NAMES } from '#app/modules/catalogue/family-names.ts';
import type { viewTax } from '#app/read-models/view-tax.server.ts';
import { Select, Submit, TextField } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';

const FAULTS = {
  'code.required': m.invoices_fault_tax_class,
  tax_class: m.invoices_fault_tax_class,
  bad_character: m.invoices_fault_tax_word,
};

const nameOf = (family: string) => (family in FAMILY_NAMES ? FAMILY_NAMES[family as keyof typeof FAMILY_NAMES]() : m.invoices_class_all());

/** What the centre writes on its invoices: for all it sells, and for kinds of service that have their own. */
export function TaxClasses({ classes }: Pick<Awaited<ReturnType<typeof viewTax>>, 'classes'>) {
  const back = useFormBack(FAULTS, (typed) => typed.intent?.[0] === 'class');
  return (
    <section className="card pad grid gap-4" aria-labelledby="classes">
      <h2 id="classes">{m.invoices_classes()}</h2>
      <p className="text-ink-2">{m.invoices_classes_lead()}</p>
      {classes.length > 0 && (
        <table className="data stack">
          <thead>
            <tr>
              <th scope="col">{m.invoices_class_family()}</th>
              <th scope="col">{m.invoices_line()}</th>
              <th scope="col">{m.invoices_class_code()}</th>
              <th scope="col">
                <span className="sr-only">{m.invoices_remove()}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {classes.map((one) => (
              <tr key={one.family}>
                <td>{nameOf(one.family)}</td>
                <td data-label={m.invoices_line()} className="[overflow-wrap:anywhere]">{`*${one.name}*${one.item}`}</td>
                <td data-label={m.invoices_class_code()} className="num">
                  {one.code}
                </td>
                <td>
                  <Form method="post">
                    <input type="hidden" name="which" value={one.family} />
                    <Submit
                      name="intent"
                      value="remove_class"
                      className="btn small"
                      aria-label={`${m.invoices_remove()} ${nameOf(one.family)}`}
                    >
                      {m.invoices_remove()}
                    </Submit>
                  </Form>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Form method="post" className="grid gap-4">
        <FormTrouble back={back} />
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Select label={m.invoices_class_family()} name="family" defaultValue={back.text('family')} {...back.errors('family')}>
            <option value="">{m.invoices_class_all()}</option>
            {Object.entries(FAMILY_NAMES).map(([family, name]) => (
              <option key={family} value={family}>
                {name()}
              </option>
            ))}
          </Select>
          <TextField
            label={m.invoices_class_code()}
            hint={m.invoices_class_code_hint()}
            name="code"
            inputMode="numeric"
            required
            defaultValue={back.text('code')}
            {...back.errors('code')}
          />
          <TextField
            label={m.invoices_class_name()}
            hint={m.invoices_class_name_hint()}
            name="name"
            required
            maxLength={40}
            defaultValue={back.text('name')}
            {...back.errors('name')}
          />
          <TextField
            label={m.invoices_class_item()}
            hint={m.invoices_class_item_hint()}
            name="item"
            required
            maxLength={40}
            defaultValue={back.text('item')}
            {...back.errors('item')}
          />
        </div>
        <Submit name="intent" value="class" className="btn go justify-self-start">
          {m.invoices_class_save()}
        </Submit>
      </Form>
    </section>
  );
}
