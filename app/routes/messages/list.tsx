import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { listConversations } from '#app/read-models/list-conversations.server.ts';
import { dayTime, iso } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty, Page } from '#app/ui/page.tsx';
import { Workspace } from '../centre/workspace.tsx';

export const loader = serve(async ({ request, services }) => {
  const actor = actorOf(await requireMember(services, request, ['sme', 'centre']));
  const after = new URL(request.url).searchParams.get('after') ?? '';
  return { ...(await listConversations(services, actor, after)), further: after !== '', buying: actor.organisationKind === 'sme' };
});

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-store' });

export const meta: MetaFunction = () => [{ title: `${m.messages_title()} · ${m.brand()}` }, { name: 'robots', content: 'noindex' }];

export default function Messages() {
  const { buying } = useView<typeof loader>();
  if (!buying)
    return (
      <Workspace title={m.messages_title()}>
        <Conversations />
      </Workspace>
    );
  return (
    <Page title={m.messages_title()}>
      <Conversations />
    </Page>
  );
}

function Conversations() {
  const { conversations, nextCursor, further, buying } = useView<typeof loader>();
  if (conversations.length === 0 && !further)
    return (
      <Empty title={m.messages_none_title()}>
        <p>{buying ? m.messages_none_text_buyer() : m.messages_none_text_centre()}</p>
        {buying && (
          <A to="/search" className="btn">
            {m.order_find()}
          </A>
        )}
      </Empty>
    );
  return (
    <>
      <ul className="card pad grid divide-y divide-line">
        {conversations.map(({ id, other, number, service, unread, lastAt, timeZone }) => (
          <li key={id}>
            <A to={`/messages/${id}#latest`} className="grid gap-0.5 py-3 hover:underline">
              <span className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span className={unread > 0 ? 'font-semibold' : ''}>{pick(other.nameZh, other.nameEn)}</span>
                <time dateTime={iso(lastAt)} className="tiny">
                  {dayTime(lastAt, { timeZone })}
                </time>
              </span>
              <span className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                <span className="muted min-w-0 [overflow-wrap:anywhere]">
                  {[number, service && pick(service.nameZh, service.nameEn)].filter(Boolean).join(' · ')}
                </span>
                {unread > 0 && <span className="chip warn">{m.messages_unread({ count: unread })}</span>}
              </span>
            </A>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap justify-between gap-3">
        {further ? (
          <A to="/messages" className="btn small">
            ‹ {m.order_newest()}
          </A>
        ) : (
          <span />
        )}
        {nextCursor && (
          <A to={`/messages?after=${nextCursor}`} className="btn small">
            {m.order_older()} ›
          </A>
        )}
      </div>
    </>
  );
}
