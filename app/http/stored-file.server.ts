import type { CheckedFile } from '#app/core/files.server.ts';

/** A file somebody brought, as an answer: saved, never shown as a page of the site. */
export const fileAnswer = ({ name, type, bytes }: CheckedFile): Response =>
  new Response(Buffer.from(bytes), {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Cache-Control': 'private, no-store',
    },
  });
