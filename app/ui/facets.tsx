import type { ReactNode } from 'react';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { A } from './link.tsx';

export type FacetGroup = { name: string; legend: string; values: { value: string; label: string; count: number; checked: boolean }[] };

/** Values of a facet shown before the rest is folded away. */
const SHOWN = 8;

/** Filters as one plain form: with script a tick applies at once, without it there is the button. */
export function Facets({
  action,
  kept,
  groups,
  count,
  clear,
  children,
}: {
  action: string;
  kept: [string, string][];
  groups: FacetGroup[];
  count: number;
  clear: string;
  children?: ReactNode;
}) {
  return (
    <details className="facets">
      <summary className="btn w-full">{count > 0 ? m.catalogue_filters_count({ count }) : m.catalogue_filters()}</summary>
      <form action={localePath(action)} method="get" data-apply="" className="pt-4 min-[940px]:pt-0" aria-label={m.catalogue_filters()}>
        {kept.map(([name, value]) => (
          <input key={name + value} type="hidden" name={name} value={value} />
        ))}
        {groups.map((group) => (
          <fieldset key={group.name}>
            <legend>{group.legend}</legend>
            {group.values.slice(0, SHOWN).map((value) => (
              <Value key={value.value} name={group.name} {...value} />
            ))}
            {group.values.length > SHOWN && (
              <details open={group.values.slice(SHOWN).some(({ checked }) => checked)}>
                <summary className="link inline-flex min-h-11 cursor-pointer items-center text-[.9375rem]">
                  {m.catalogue_facet_more({ count: group.values.length - SHOWN })}
                </summary>
                {group.values.slice(SHOWN).map((value) => (
                  <Value key={value.value} name={group.name} {...value} />
                ))}
              </details>
            )}
          </fieldset>
        ))}
        {children}
        <div className="flex flex-wrap gap-2">
          <button type="submit" className="btn small">
            {m.catalogue_filters_apply()}
          </button>
          {count > 0 && (
            <A to={clear} className="btn small quiet">
              {m.catalogue_filters_clear()}
            </A>
          )}
        </div>
      </form>
    </details>
  );
}

function Value({ name, value, label, count, checked }: FacetGroup['values'][number] & { name: string }) {
  return (
    <label className="facet">
      <input type="checkbox" name={name} value={value} defaultChecked={checked} />
      <span>{label}</span>
      <i>{count}</i>
    </label>
  );
}

/** Pages of a long result. */
export function Pages({ page, pages, to }: { page: number; pages: number; to: (page: number) => string }) {
  if (pages <= 1) return null;
  return (
    <nav className="pages" aria-label={m.catalogue_pages()}>
      {page > 1 && (
        <A to={to(page - 1)} rel="prev" className="btn small">
          ‹ {m.catalogue_page_previous()}
        </A>
      )}
      <span className="muted">{m.catalogue_page_of({ page, pages })}</span>
      {page < pages && (
        <A to={to(page + 1)} rel="next" className="btn small">
          {m.catalogue_page_next()} ›
        </A>
      )}
    </nav>
  );
}

export function Sorts({
  orders,
  current,
  to,
}: {
  orders: { order: string; label: string }[];
  current: string;
  to: (order: string) => string;
}) {
  return (
    <nav className="sorts" aria-label={m.catalogue_sort()}>
      {orders.map(({ order, label }) => (
        <A key={order} to={to(order)} aria-current={order === current ? 'true' : undefined}>
          {label}
        </A>
      ))}
      <A to="/ordering" className="link tiny">
        {m.legal_ordering_link()}
      </A>
    </nav>
  );
}

/** Appears with the first tick on an offer, and takes the ticked ones to the comparison. */
export function CompareBar({ need }: { need: [string, string][] }) {
  return (
    <form id="compare" action={localePath('/compare')} method="get" className="card compare-bar">
      {need.map(([name, value]) => (
        <input key={name + value} type="hidden" name={name} value={value} />
      ))}
      <span className="muted text-[.9375rem]">{m.catalogue_compare_hint()}</span>
      <button type="submit" className="btn go">
        {m.catalogue_compare_go()}
      </button>
    </form>
  );
}
