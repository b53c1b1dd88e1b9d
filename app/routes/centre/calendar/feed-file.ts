import { serve } from '#app/http/route.server.ts';
import { readFeed } from '#app/read-models/read-feed.server.ts';

/** What a calendar program asks for: no session, the link is the key. */
export const loader = serve(async ({ params, services }) => {
  const calendar = await readFeed(services, (params.file ?? '').replace(/\.ics$/, ''));
  return new Response(calendar, {
    headers: {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'attachment; filename="hengji.ics"',
      'Cache-Control': 'private, no-store',
      'X-Robots-Tag': 'noindex',
    },
  });
});
