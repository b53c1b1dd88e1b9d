import type { CheckedFile } from '#app/core/files.server.ts';
import type { Audience } from '#db/schema/core.ts';

const A_DAY = 86_400;

/** A file somebody brought, as an answer: pictures drawn anew by us are shown, all else is saved, never shown as a page of the site. */
export const fileAnswer = ({ name, type, bytes, audience = 'own' }: CheckedFile & { audience?: Audience }): Response =>
  new Response(Buffer.from(bytes), {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `${type === 'image/webp' ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Cache-Control': audience === 'public' ? `public, max-age=${A_DAY}` : 'private, no-store',
    },
  });
