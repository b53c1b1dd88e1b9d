import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { fieldKey } from '#app/modules/capability/rules/fields.ts';
import { listSpecifications } from '#app/modules/catalogue/list-specifications.server.ts';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { fieldName } from './words.ts';

export const loader = serve(async ({ request, services }) => {
  const words = (new URL(request.url).searchParams.get('q') ?? '').trim().slice(0, 100);
  const rows = await listSpecifications(services, await services.catalogue.current(), words);
  return {
    words,
    rows: rows.map((row) => ({
      number: row.number,
      title: pick(row.titleZh, row.titleEn),
      field: fieldName(fieldKey(row.fieldZh)),
      services: row.services,
    })),
  };
});

export const meta: MetaFunction = () => [
  { title: `${m.catalogue_specifications_title()} · ${m.brand()}` },
  { name: 'description', content: m.catalogue_specifications_lead() },
];

export default function Specifications() {
  const { words, rows } = useView<typeof loader>();
  return (
    <Page title={m.catalogue_specifications_title()} lead={m.catalogue_specifications_lead()}>
      <Form method="get" action={localePath('/specifications')} className="flex max-w-lg gap-2" role="search">
        <input
          className="control"
          type="search"
          name="q"
          defaultValue={words}
          maxLength={100}
          aria-label={m.catalogue_specifications_placeholder()}
          placeholder={m.catalogue_specifications_placeholder()}
        />
        <button type="submit" className="btn go">
          {m.catalogue_search_submit()}
        </button>
      </Form>
      <p className="muted" aria-live="polite">
        {rows.length > 0 ? m.catalogue_specifications_count({ count: rows.length }) : m.catalogue_specifications_none()}
      </p>
      {rows.length > 0 && (
        <div className="card pad">
          <table className="data stack">
            <thead>
              <tr>
                <th scope="col">{m.catalogue_specifications_number()}</th>
                <th scope="col">{m.catalogue_specifications_name()}</th>
                <th scope="col">{m.catalogue_facet_field()}</th>
                <th scope="col" className="r">
                  {m.catalogue_specifications_services()}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.number}>
                  <td>{row.number}</td>
                  <td data-label={m.catalogue_specifications_name()}>{row.title}</td>
                  <td data-label={m.catalogue_facet_field()}>{row.field}</td>
                  <td className="r" data-label={m.catalogue_specifications_services()}>
                    {row.services > 0 ? (
                      <A to={`/search?q=${encodeURIComponent(row.number)}`} className="link">
                        {m.catalogue_specifications_services_count({ count: row.services })}
                      </A>
                    ) : (
                      '–'
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  );
}
