import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import type { About } from '#app/modules/messages/conversation-row.server.ts';
import { viewConversation } from '#app/read-models/view-conversation.server.ts';
import { ConversationPage } from './conversation-page.tsx';
import { drawnConversation } from './drawn-message.server.tsx';
import { writeMessage } from './write.server.ts';

/** @throws Problem not_found when the address names nothing */
function aboutIn(request: Request): About {
  const asked = new URL(request.url).searchParams;
  const [order, enquiry, service] = [asked.get('order'), asked.get('enquiry'), asked.get('service')];
  if (order) return { order };
  if (enquiry) return { enquiry };
  if (service) return { service };
  throw new Problem('not_found');
}

export const loader = serve(async ({ request, services }) => {
  const actor = actorOf(await requireMember(services, request, ['sme', 'centre']));
  const view = await viewConversation(services, actor, aboutIn(request));
  if (view.id !== null) throw redirectTo(`/messages/${view.id}#latest`);
  return drawnConversation(view);
});

export const action = serve(async ({ request, services }) => {
  const actor = actorOf(await requireMember(services, request, ['sme', 'centre']));
  return writeMessage(services, actor, request, aboutIn(request));
});

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-store' });

export const meta: MetaFunction = () => [{ title: `${m.messages_title()} · ${m.brand()}` }, { name: 'robots', content: 'noindex' }];

export default function Begin() {
  return <ConversationPage {...useView<typeof loader>()} />;
}
