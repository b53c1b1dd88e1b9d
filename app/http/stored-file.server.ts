import type { CheckedFile } from '#app/core/files.server.ts';
import type { Audience } from '#db/schema/core.ts';

const A_DAY = 86_400;

/**
 * A file somebody brought, beside what is said of it: a document or a picture in a frame of ours, where nothing in it may run or load. All
 * other types are saved.
 */
export function framedFile(file: CheckedFile): Response {
  const answer = fileAnswer(file);
  if (!SHOWN.has(file.type)) return answer;
  const { headers } = answer;
  headers.set('Content-Disposition', String(headers.get('Content-Disposition')).replace('attachment', 'inline'));
  headers.set('Content-Security-Policy', FRAMED);
  return answer;
}

/** What browsers draw without running it. */
const SHOWN = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/webp']);
const FRAMED = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'";

/** A file somebody brought, as an answer: pictures drawn anew by us are shown, all else is saved, never shown as a page of the site. */
export const fileAnswer = ({ name, type, bytes, audience = 'own' }: CheckedFile & { audience?: Audience }): Response =>
  new Response(Buffer.from(bytes), {
    headers: {
      'Content-Type': type,
      'Content-Disposition': `${type === 'image/webp' ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(name)}`,
      'Cache-Control': audience === 'public' ? `public, max-age=${A_DAY}` : 'private, no-store',
    },
  });
