import { useActionData, useRouteLoaderData } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { ViewOf } from '#app/http/use-view.ts';
import { unwrap } from '#app/http/view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { type Action, can } from '#app/modules/identity/policy.ts';
import type { loader as root } from '#app/root.tsx';
import { NavA } from '#app/ui/link.tsx';

/** The centre's pages share their navigation; `notice` says what the last action did, and is read out. */
export function Workspace({
  title,
  notice,
  actions,
  children,
}: {
  title: string;
  notice?: Notice | null;
  actions?: ReactNode;
  children: ReactNode;
}) {
  // What was sent since then was answered: what the address still says of the time before is over.
  const answered = useActionData() !== undefined;
  const { may, enquiries } = useMember();
  const item =
    'inline-flex min-h-11 items-center border-b-2 border-transparent px-3 text-ink-2 aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink';
  return (
    <div className="wrap page">
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <h1>{title}</h1>
        {actions}
      </header>
      <nav className="flex flex-wrap gap-1 border-b border-line" aria-label={m.centre_nav()}>
        <NavA to="/centre" end className={item}>
          {m.centre_nav_inbox()}
        </NavA>
        <NavA to="/centre/today" className={item}>
          {m.centre_nav_today()}
        </NavA>
        <NavA to="/enquiries" className={item}>
          {m.enquiries_title()}
          <Open count={enquiries} />
        </NavA>
        <NavA to="/messages" className={item}>
          {m.messages_title()}
        </NavA>
        <NavA to="/centre/calendar" className={item}>
          {m.centre_nav_calendar()}
        </NavA>
        {may('invoice.issue') && (
          <NavA to="/centre/invoices" className={item}>
            {m.invoices_title()}
          </NavA>
        )}
        <NavA to="/centre/services" className={item}>
          {m.centre_nav_services()}
        </NavA>
        <NavA to="/centre/capabilities" className={item}>
          {m.centre_nav_capabilities()}
        </NavA>
        <NavA to="/centre/accreditations" className={item}>
          {m.centre_nav_accreditations()}
        </NavA>
        <NavA to="/centre/firms" className={item}>
          {m.centre_nav_firms()}
        </NavA>
        {may('scope.state') && (
          <NavA to="/centre/profile" className={item}>
            {m.centre_nav_profile()}
          </NavA>
        )}
        <NavA to="/members" className={item}>
          {m.centre_nav_people()}
        </NavA>
      </nav>
      <div aria-live="polite" className="empty:hidden">
        {notice && !answered && (
          <p
            className={`rounded-field px-4 py-3 ${notice.tone === 'ok' ? 'bg-ok-soft text-ok' : 'bg-seal-soft'}`}
            role={notice.tone === 'ok' ? 'status' : 'alert'}
          >
            {notice.text}
          </p>
        )}
      </div>
      {children}
    </div>
  );
}

export type Notice = { tone: 'ok' | 'bad'; text: string };

/** Enquiries to answer; over 99 the number says no more. */
function Open({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="chip warn ml-1.5">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{m.enquiries_open_count({ count })}</span>
    </span>
  );
}

/** What the visitor may do, so that nobody is led to what is not theirs, and what waits for them. */
function useMember(): { may: (action: Action) => boolean; enquiries: number } {
  const viewer = (unwrap(useRouteLoaderData('root')) as ViewOf<typeof root> | undefined)?.viewer;
  const role = viewer?.organisation?.kind === 'centre' && viewer.organisation.role;
  return {
    may: (action) => (role ? can({ organisationKind: 'centre', role }, action) : false),
    enquiries: viewer?.enquiries ?? 0,
  };
}
