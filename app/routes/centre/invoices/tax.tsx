import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { choice, given } from '#app/core/form.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { removeTaxClass, saveTaxClass } from '#app/modules/invoices/save-tax-class.server.ts';
import { removeTaxRate, saveTaxRate } from '#app/modules/invoices/save-tax-rate.server.ts';
import { classForm, rateForm } from '#app/modules/invoices/tax-form.ts';
import { basisPointsOf } from '#app/modules/invoices/tax-rates.ts';
import { viewTax } from '#app/read-models/view-tax.server.ts';
import { Select, Submit, TextField } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { A } from '#app/ui/link.tsx';
import { rateName } from '../../invoices/words.ts';
import { requireCentre } from '../guard.server.ts';
import { Workspace } from '../workspace.tsx';
import { TaxClasses } from './tax-classes.tsx';

export const loader = serve(async ({ request, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  const said = new URL(request.url).searchParams.get('said') ?? '';
  return { ...(await viewTax(services, actor)), said };
});

const taxForm = z.discriminatedUnion('intent', [
  rateForm.extend({ intent: z.literal('rate') }),
  classForm.extend({ intent: z.literal('class') }),
  z.object({ intent: choice(['remove_rate', 'remove_class']), which: given }),
]);

export const action = serve(async ({ request, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  return answerForm(
    request,
    taxForm,
    async (input) => {
      if (input.intent === 'rate') await saveTaxRate(services, actor, input);
      else if (input.intent === 'class') {
        const { intent: _, ...words } = input;
        await saveTaxClass(services, actor, words);
      } else if (input.intent === 'remove_rate') await removeTaxRate(services, actor, input.which);
      else await removeTaxClass(services, actor, input.which);
      services.wake();
      throw redirectTo(`/centre/invoices/tax?said=${input.intent.startsWith('remove') ? 'removed' : 'saved'}`);
    },
    ['forbidden'],
  );
});

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-store' });

export const meta: MetaFunction = () => [{ title: `${m.invoices_tax_settings()} · ${m.brand()}` }];

const FAULTS = { day: m.invoices_fault_day, forbidden: m.centre_failed_forbidden };

export default function Tax() {
  const { said, ...view } = useView<typeof loader>();
  const words = said === 'saved' ? m.invoices_done_tax_saved() : said === 'removed' ? m.invoices_done_tax_removed() : null;
  return (
    <Workspace
      title={m.invoices_tax_settings()}
      notice={words ? { tone: 'ok', text: words } : null}
      actions={
        <A to="/centre/invoices" className="btn small">
          ‹ {m.invoices_title()}
        </A>
      }
    >
      <Rates {...view} />
      <TaxClasses classes={view.classes} />
    </Workspace>
  );
}

const RATES = ['6', '3', '1', 'exempt'] as const;

function Rates({ rates, now, today, sets }: Omit<ReturnType<typeof useView<typeof loader>>, 'said'>) {
  const back = useFormBack(FAULTS, (typed) => typed.intent?.[0] === 'rate');
  const removed = useFormBack(FAULTS, (typed) => typed.intent?.[0] === 'remove_rate');
  return (
    <section className="card pad grid gap-4" aria-labelledby="rates">
      <h2 id="rates">{m.invoices_rates()}</h2>
      <p className="text-ink-2">{m.invoices_rates_lead()}</p>
      <FormTrouble back={removed} />
      {now === null && <p className="text-warn">{m.invoices_rates_none()}</p>}
      {rates.length > 0 && (
        <table className="data stack">
          <thead>
            <tr>
              <th scope="col">{m.invoices_valid_from()}</th>
              <th scope="col">{m.invoices_rate()}</th>
              <th scope="col">{m.invoices_state()}</th>
            </tr>
          </thead>
          <tbody>
            {rates.map((one) => (
              <tr key={one.validFrom}>
                <td>{one.validFrom}</td>
                <td data-label={m.invoices_rate()}>{rateName(basisPointsOf(one.rate))}</td>
                <td data-label={m.invoices_state()}>
                  {one.begun ? (
                    <span className={`chip ${one.current ? 'ok' : ''}`}>
                      {one.current ? m.invoices_rate_now() : m.invoices_rate_past()}
                    </span>
                  ) : (
                    <Form method="post" className="flex flex-wrap items-center gap-2">
                      <span className="chip info">{m.invoices_rate_coming()}</span>
                      <input type="hidden" name="which" value={one.validFrom} />
                      {sets && (
                        <Submit
                          name="intent"
                          value="remove_rate"
                          className="btn small"
                          aria-label={`${m.invoices_remove()} ${one.validFrom}`}
                        >
                          {m.invoices_remove()}
                        </Submit>
                      )}
                    </Form>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {sets ? (
        <Form method="post" className="grid gap-4">
          <FormTrouble back={back} />
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <Select label={m.invoices_rate()} name="rate" defaultValue={back.text('rate', '6')} {...back.errors('rate')}>
              {RATES.map((rate) => (
                <option key={rate} value={rate}>
                  {rateName(basisPointsOf(rate))}
                </option>
              ))}
            </Select>
            <TextField
              label={m.invoices_valid_from()}
              hint={m.invoices_valid_from_hint()}
              type="date"
              name="validFrom"
              required
              defaultValue={back.text('validFrom', today)}
              {...back.errors('validFrom')}
            />
          </div>
          <Submit name="intent" value="rate" className="btn go justify-self-start">
            {m.invoices_rate_save()}
          </Submit>
        </Form>
      ) : (
        <p className="muted">{m.invoices_rate_managers()}</p>
      )}
    </section>
  );
}
