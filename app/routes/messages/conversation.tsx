import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { markRead } from '#app/modules/messages/mark-read.server.ts';
import { viewConversation } from '#app/read-models/view-conversation.server.ts';
import { ConversationPage } from './conversation-page.tsx';
import { drawnConversation } from './drawn-message.server.tsx';
import { writeMessage } from './write.server.ts';

export const loader = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireMember(services, request, ['sme', 'centre']));
  const conversationId = params.id ?? '';
  const asked = new URL(request.url).searchParams;
  const before = asked.get('before') ?? undefined;
  const view = await viewConversation(services, actor, { conversation: conversationId }, before);
  // Who looks at the older ones has not seen the newest by that.
  if (view.newestId) await markRead(services, actor, { conversationId, side: view.side, upTo: view.newestId });
  return { ...drawnConversation(view), sent: asked.has('sent'), further: before !== undefined };
});

export const action = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireMember(services, request, ['sme', 'centre']));
  return writeMessage(services, actor, request, { conversation: params.id ?? '' });
});

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-store' });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: `${[data?.view.other && pick(data.view.other.nameZh, data.view.other.nameEn), m.messages_title(), m.brand()].filter(Boolean).join(' · ')}`,
  },
  { name: 'robots', content: 'noindex' },
];

export default function Conversation() {
  return <ConversationPage {...useView<typeof loader>()} />;
}
