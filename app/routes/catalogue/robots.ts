import { serve } from '#app/http/route.server.ts';

const PRIVATE = ['/account', '/orders', '/centre', '/park', '/members', '/mailbox', '/sign-in', '/sign-up', '/compare'];

export const loader = serve(async ({ services }) => {
  const lines = PRIVATE.flatMap((path) => [`Disallow: ${path}$`, `Disallow: ${path}/`, `Disallow: /en${path}$`, `Disallow: /en${path}/`]);
  return new Response(['User-agent: *', ...lines, `Sitemap: ${services.settings.origin}/sitemap.xml`, ''].join('\n'), {
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  });
});
