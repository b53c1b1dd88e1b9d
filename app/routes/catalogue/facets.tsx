import { Form, useSubmit } from '@remix-run/react';
import type { FormEvent } from 'react';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { A } from '#app/ui/link.tsx';

type Value = { value: string; name: string; count: number; on: boolean };

export type FacetsProps = {
  groups: { name: string; title: string; values: Value[] }[];
  priceMin: string;
  priceMax: string;
  before: string;
  /** Filters that are on. */
  count: number;
};

export type FilterChip = { name: string; to: string };

/** Values of a facet shown at once; the others unfold. */
const SHOWN = 7;

/** Empty fields do not go into addresses. */
function cleaned(form: HTMLFormElement): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string' && value !== '') params.append(name, value);
  return params;
}

/** The filters: on a phone folded behind one button, on a wide screen beside the results. A plain form; with script a tick suffices. */
export function Facets({
  facets,
  action,
  kept,
  problems,
}: {
  facets: FacetsProps;
  action: string;
  kept: [string, string][];
  problems: string[];
}) {
  const submit = useSubmit();
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    submit(cleaned(event.currentTarget), { action: localePath(action), method: 'get', preventScrollReset: true });
  };
  const onChange = (event: FormEvent<HTMLFormElement>) => {
    if ((event.target as HTMLInputElement).type === 'checkbox') send(event);
  };
  return (
    <details className="facets" open={problems.length > 0 ? true : undefined}>
      <summary className="btn w-full">
        {facets.count > 0 ? m.catalogue_filters_count({ count: facets.count }) : m.catalogue_filters()}
      </summary>
      <Form
        action={localePath(action)}
        method="get"
        onSubmit={send}
        onChange={onChange}
        className="pt-4 min-[940px]:pt-0"
        aria-label={m.catalogue_filters()}
        key={JSON.stringify(facets.groups.map((group) => group.values.filter((value) => value.on).map((value) => value.value)))}
      >
        {kept.map(([name, value]) => (
          <input key={name + value} type="hidden" name={name} value={value} />
        ))}
        {facets.groups.map(({ name, title, values }) => (
          <fieldset key={name}>
            <legend>{title}</legend>
            {values.slice(0, SHOWN).map((value) => (
              <Choice key={value.value} name={name} value={value} />
            ))}
            {values.length > SHOWN && (
              <details open={values.slice(SHOWN).some((value) => value.on) ? true : undefined}>
                <summary className="link inline-flex min-h-11 cursor-pointer items-center text-[.9375rem]">
                  {m.catalogue_facet_more({ count: values.length - SHOWN })}
                </summary>
                {values.slice(SHOWN).map((value) => (
                  <Choice key={value.value} name={name} value={value} />
                ))}
              </details>
            )}
          </fieldset>
        ))}
        <fieldset>
          <legend>{m.catalogue_facet_price()}</legend>
          <div className="flex items-center gap-2 pt-1">
            <input
              className="control"
              name="price_min"
              inputMode="decimal"
              defaultValue={facets.priceMin}
              placeholder={m.catalogue_price_from()}
              aria-label={`${m.catalogue_facet_price()} ${m.catalogue_price_from()}`}
            />
            <span aria-hidden="true">–</span>
            <input
              className="control"
              name="price_max"
              inputMode="decimal"
              defaultValue={facets.priceMax}
              placeholder={m.catalogue_price_to()}
              aria-label={`${m.catalogue_facet_price()} ${m.catalogue_price_to()}`}
            />
          </div>
        </fieldset>
        <fieldset>
          <legend>{m.catalogue_facet_before()}</legend>
          <input className="control mt-1" type="date" name="before" defaultValue={facets.before} aria-label={m.catalogue_facet_before()} />
        </fieldset>
        {problems.map((problem) => (
          <p key={problem} className="error-text mb-3" role="alert">
            {problem}
          </p>
        ))}
        <button type="submit" className="btn w-full">
          {m.catalogue_filters_apply()}
        </button>
      </Form>
    </details>
  );
}

function Choice({ name, value: { value, name: text, count, on } }: { name: string; value: Value }) {
  return (
    <label className="facet">
      <input type="checkbox" name={name} value={value} defaultChecked={on} />
      <span>{text}</span>
      <i>{count}</i>
    </label>
  );
}

export type SortLink = { name: string; to: string; on: boolean };

/** What stands over a result list: how many, in which order, under which filters. */
export function ResultHead({ title, sorts, chips, clear }: { title: string; sorts: SortLink[]; chips: FilterChip[]; clear: string }) {
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center justify-between gap-x-5">
        <h2 role="status">{title}</h2>
        <nav className="sorts" aria-label={m.catalogue_sort()}>
          {sorts.map(({ name, to, on }) => (
            <A key={name} to={to} aria-current={on ? 'true' : undefined} preventScrollReset>
              {name}
            </A>
          ))}
        </nav>
      </div>
      {chips.length > 0 && (
        <p className="flex flex-wrap items-center gap-2">
          {chips.map(({ name, to }) => (
            <A key={name} to={to} className="chip info min-h-8" aria-label={m.catalogue_filter_remove({ name })}>
              {name} <span aria-hidden="true">×</span>
            </A>
          ))}
          <A to={clear} className="link text-[.9375rem]">
            {m.catalogue_filters_clear()}
          </A>
        </p>
      )}
    </div>
  );
}

export function Pages({ page, pages, previous, next }: { page: number; pages: number; previous: string | null; next: string | null }) {
  if (pages <= 1) return null;
  return (
    <nav className="pages" aria-label={m.catalogue_pages()}>
      {previous && (
        <A to={previous} rel="prev" className="btn">
          {m.catalogue_page_previous()}
        </A>
      )}
      <span className="muted">{m.catalogue_page_of({ page, pages })}</span>
      {next && (
        <A to={next} rel="next" className="btn">
          {m.catalogue_page_next()}
        </A>
      )}
    </nav>
  );
}
