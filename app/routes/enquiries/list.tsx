import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { ENQUIRY_STATES, listEnquiries, MOST_COUNTED } from '#app/read-models/list-enquiries.server.ts';
import { dayTime, iso, money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty, Page } from '#app/ui/page.tsx';
import { Workspace } from '../centre/workspace.tsx';
import { stateName, stateTone } from './words.ts';

export const loader = serve(async ({ request, services }) => {
  const actor = actorOf(await requireMember(services, request, ['sme', 'centre']));
  const params = new URL(request.url).searchParams;
  const state = ENQUIRY_STATES.find((name) => name === params.get('state')) ?? null;
  const cursor = params.get('after') ?? '';
  const { enquiries, counts, nextCursor } = await listEnquiries(services, actor, { state, cursor });
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const shown = (count: number) => (all >= MOST_COUNTED ? `${count}+` : String(count));
  return {
    enquiries: enquiries.map(({ createdAt, timeZone, priceFrom, ...row }) => ({
      ...row,
      at: iso(createdAt),
      when: dayTime(createdAt, { timeZone }),
      price: priceFrom === null ? '' : m.enquiries_price_from({ price: money(priceFrom) }),
    })),
    tabs: [
      { to: '/enquiries', label: m.enquiries_all(), count: shown(all), current: state === null, open: false },
      ...ENQUIRY_STATES.map((name) => ({
        to: `/enquiries?state=${name}`,
        label: stateName(name),
        count: shown(counts.get(name) ?? 0),
        current: name === state,
        open: name === 'open' && (counts.get(name) ?? 0) > 0,
      })),
    ],
    state,
    nextCursor,
    further: cursor !== '',
    sent: params.get('done') === 'sent',
    buying: actor.organisationKind === 'sme',
  };
});

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-store' });

export const meta: MetaFunction = () => [{ title: `${m.enquiries_title()} · ${m.brand()}` }, { name: 'robots', content: 'noindex' }];

export default function Enquiries() {
  const { buying, sent } = useView<typeof loader>();
  if (!buying)
    return (
      <Workspace title={m.enquiries_title()}>
        <List />
      </Workspace>
    );
  return (
    <Page title={m.enquiries_title()}>
      {sent && (
        <p role="status" className="rounded-field bg-ok-soft px-4 py-3 text-ok">
          {m.enquiries_sent()}
        </p>
      )}
      <List />
    </Page>
  );
}

function List() {
  const { enquiries, tabs, state, nextCursor, further, buying } = useView<typeof loader>();
  const query = state === null ? '?' : `?state=${state}&`;
  return (
    <>
      <nav className="flex flex-wrap gap-2" aria-label={m.enquiries_states()}>
        {tabs.map(({ to, label, count, current, open }) => (
          <A
            key={to}
            to={to}
            aria-current={current ? 'true' : undefined}
            className="btn small aria-[current=true]:border-accent aria-[current=true]:text-accent"
          >
            {label} <span className={`chip ${open ? 'warn' : ''}`}>{count}</span>
          </A>
        ))}
      </nav>
      {enquiries.length === 0 && (
        <Empty title={m.enquiries_none_title()}>
          <p>{buying ? m.enquiries_none_buyer() : m.enquiries_none_centre()}</p>
          {buying && (
            <A to="/match" className="btn">
              {m.enquiries_find()}
            </A>
          )}
        </Empty>
      )}
      {enquiries.length > 0 && (
        <ul className="card pad grid divide-y divide-line">
          {enquiries.map(({ id, state: now, subject, quantity, other, at, when, price }) => (
            <li key={id}>
              <A to={`/enquiries/${id}`} className="grid gap-0.5 py-3 hover:underline">
                <span className="flex flex-wrap items-baseline justify-between gap-x-4">
                  <span className="min-w-0 font-semibold [overflow-wrap:anywhere]">
                    {subject} {quantity > 1 && `× ${quantity}`}
                  </span>
                  <time dateTime={at} className="tiny">
                    {when}
                  </time>
                </span>
                <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                  <span className="muted min-w-0 [overflow-wrap:anywhere]">
                    {[pick(other.nameZh, other.nameEn), price].filter(Boolean).join(' · ')}
                  </span>
                  <span className={`chip ${stateTone(now)}`}>{stateName(now)}</span>
                </span>
              </A>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap justify-between gap-3">
        {further && (
          <A to={state === null ? '/enquiries' : `/enquiries?state=${state}`} className="btn small">
            ‹ {m.enquiries_newer()}
          </A>
        )}
        {nextCursor && (
          <A to={`/enquiries${query}after=${nextCursor}`} className="btn small ml-auto">
            {m.enquiries_older()} ›
          </A>
        )}
      </div>
    </>
  );
}
