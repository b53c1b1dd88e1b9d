import { type RouteConfigEntry, route } from '@remix-run/route-config';

export const messagesRoutes: RouteConfigEntry[] = [
  route('messages', 'routes/messages/list.tsx'),
  route('messages/begin', 'routes/messages/begin.tsx'),
  route('messages/:id', 'routes/messages/conversation.tsx'),
  route('messages/:id/files/:message/:file', 'routes/messages/message-file.ts'),
];
