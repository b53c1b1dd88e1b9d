import type { ReactNode } from 'react';
import * as m from '#app/i18n/paraglide/messages.js';
import { A } from './link.tsx';

/** What the navigation shows, and nothing besides: it is drawn once for each. */
export type NavigationView = {
  kind: 'sme' | 'centre' | 'park' | null;
  operator: boolean;
  unread: number | null;
  /** The entry the page belongs to. */
  current: string | null;
  className: string;
};

const WORKPLACE = {
  sme: { to: '/orders', label: () => m.ui_nav_orders() },
  centre: { to: '/centre', label: () => m.ui_nav_workspace() },
  park: { to: '/park', label: () => m.ui_nav_park() },
} as const;

/** Where its entries lead. */
export const ENTRIES = ['/search', '/centres', '/parks', '/orders', '/centre', '/park', '/messages', '/operator'];

export function Navigation({ kind, operator, unread, current, className }: NavigationView) {
  const workplace = kind && WORKPLACE[kind];
  return (
    <nav className={className} aria-label={m.ui_nav_label()}>
      <Entry to="/search" current={current}>
        {m.ui_nav_search()}
      </Entry>
      <Entry to="/centres" current={current}>
        {m.ui_nav_centres()}
      </Entry>
      <Entry to="/parks" current={current}>
        {m.ui_nav_parks()}
      </Entry>
      {workplace && (
        <Entry to={workplace.to} current={current}>
          {workplace.label()}
        </Entry>
      )}
      {unread !== null && (
        <Entry to="/messages" current={current}>
          {m.ui_nav_messages()}
          <Unread count={unread} />
        </Entry>
      )}
      {operator && (
        <Entry to="/operator" current={current}>
          {m.ui_nav_operator()}
        </Entry>
      )}
    </nav>
  );
}

const Entry = ({ to, current, children }: { to: string; current: string | null; children: ReactNode }) => (
  <A
    to={to}
    aria-current={to === current ? 'page' : undefined}
    className="inline-flex min-h-11 items-center text-ink-2 hover:text-ink aria-[current=page]:font-semibold aria-[current=page]:text-ink"
  >
    {children}
  </A>
);

/** Over 99 the number says no more. */
function Unread({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="chip warn ml-1.5">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{m.messages_unread({ count })}</span>
    </span>
  );
}
