import { data, type MetaFunction } from '@remix-run/node';
import { Form, useActionData } from '@remix-run/react';
import { actorOf } from '#app/core/actor.ts';
import { filesIn } from '#app/core/form.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { importPrices } from '#app/modules/catalogue/prices/import-prices.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { FileField, Submit } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import { requireCentre } from '../guard.server.ts';
import { Workspace } from '../workspace.tsx';
import { PricesOutcome } from './prices-outcome.tsx';
import { tableWords } from './table-words.server.ts';

export const loader = serve(async ({ request, services }) => {
  const member = await requireCentre(services, request);
  return { manager: can(actorOf(member), 'service.publish') };
});

const NO_FILE = { refused: 'empty', line: 0 } as const;

export const action = serve(async ({ request, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  const [file] = filesIn(await request.formData(), 'table');
  const { headings, units } = tableWords();
  const outcome = file ? await importPrices(services, actor, new Uint8Array(await file.arrayBuffer()), headings, units) : NO_FILE;
  return data(outcome, { status: 'changed' in outcome ? 200 : 400 });
});

export const meta: MetaFunction = () => [{ title: `${m.centre_prices_title()} · ${m.brand()}` }];

export default function Prices() {
  const { manager } = useView<typeof loader>();
  const outcome = useActionData<typeof action>();
  return (
    <Workspace title={m.centre_prices_title()}>
      {outcome && <PricesOutcome outcome={outcome} />}
      <section className="card pad grid max-w-3xl gap-4">
        <h2>{m.centre_prices_out()}</h2>
        <p className="text-ink-2">{m.centre_prices_out_text()}</p>
        <p className="flex flex-wrap gap-2">
          <a href={localePath('/centre/services/prices/xlsx')} className="btn" download>
            {m.centre_prices_xlsx()}
          </a>
          <a href={localePath('/centre/services/prices/csv')} className="btn" download>
            {m.centre_prices_csv()}
          </a>
        </p>
      </section>
      <section className="card pad grid max-w-3xl gap-4">
        <h2>{m.centre_prices_in()}</h2>
        {manager ? (
          <Form method="post" encType="multipart/form-data" className="grid gap-4">
            <p className="text-ink-2">{m.centre_prices_in_text()}</p>
            <FileField
              label={m.centre_prices_file()}
              hint={m.centre_prices_file_hint()}
              most={2}
              name="table"
              required
              accept=".xlsx,.csv,.ods"
            />
            <Submit busy={m.centre_listing_busy()} className="btn go justify-self-start">
              {m.centre_prices_apply()}
            </Submit>
          </Form>
        ) : (
          <p className="muted">{m.centre_managers_only()}</p>
        )}
      </section>
      <A to="/centre/services" className="btn quiet justify-self-start">
        {m.centre_listing_back()}
      </A>
    </Workspace>
  );
}
