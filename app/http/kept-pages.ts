/** Pages that many visitors look at, kept as they were drawn until the catalogue changes, and for moments only. */
import type { IncomingMessage } from 'node:http';
import { LRUCache } from 'lru-cache';
import { followChanges } from '#app/core/change-feed.server.ts';
import { cookieName } from '#app/core/cookies.ts';
import type { Deps } from '#app/core/deps.ts';

/** What these show comes from the catalogue and from the measuring capability of its centres, both of which announce every change. */
const HOT = /^(\/en)?(\/|\/search|\/match|\/specifications|\/centres|\/parks)?$/;
/** What no change announces is seen after so long: first free starts, and the day that begins. */
const MOST_AGE_MS = 2000;
const MOST_BYTES = 16 * 1024 * 1024;

type Headers = [name: string, value: string][];
/** `html` in the pieces between which the nonce of the answer stands. */
type Page = { headers: Headers; html: Buffer[]; at: number };

/** Keeps an answer, unless the catalogue has changed since it was looked for. */
type Keep = (answer: { headers: Headers; html: Buffer; nonce: string }) => void;

export type KeptPages = {
  /** By what a page is kept; nothing for a page that is drawn for each who asks. */
  keyOf(req: IncomingMessage, path: string): string | undefined;
  find(key: string, nonce: string): Promise<{ page: { headers: Headers; html: Buffer } } | { keep: Keep }>;
};

export function keptPages(deps: Pick<Deps, 'db' | 'clock' | 'settings'>): KeptPages {
  const pages = new LRUCache<string, Page>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ html }) => html.reduce((sum, one) => sum + one.length, 1),
  });
  const changes = followChanges(deps);
  const session = `${cookieName(deps.settings, 'session')}=`;
  let looking: Promise<void> | undefined;
  /** Grows with every change seen. */
  let seen = 0;

  /** Requests that come together share one look at the feed. */
  const follow = () => {
    looking ??= changes()
      .then((fresh) => {
        if (fresh.length === 0) return;
        seen += fresh.length;
        pages.clear();
      })
      // Whoever draws the page asks the database too, and says what is wrong.
      .catch(() => pages.clear())
      .finally(() => {
        looking = undefined;
      });
    return looking;
  };

  return {
    keyOf: ({ method, headers, url }, path) =>
      method === 'GET' && HOT.test(path) && !headers.cookie?.includes(session) ? `${headers.host} ${url}` : undefined,
    find: async (key, nonce) => {
      await follow();
      const [page, now, before] = [pages.get(key), deps.clock(), seen];
      if (page && now >= page.at && now - page.at <= MOST_AGE_MS)
        return { page: { headers: page.headers, html: joined(page.html, nonce) } };
      return {
        keep: (answer) => {
          if (seen === before) pages.set(key, { headers: answer.headers, html: piecesOf(answer.html, answer.nonce), at: now });
        },
      };
    },
  };
}

const joined = (pieces: Buffer[], nonce: string): Buffer =>
  Buffer.concat(pieces.flatMap((piece, i) => (i === 0 ? [piece] : [Buffer.from(nonce), piece])));

function piecesOf(html: Buffer, nonce: string): Buffer[] {
  const pieces: Buffer[] = [];
  let from = 0;
  for (let at = html.indexOf(nonce); at >= 0; at = html.indexOf(nonce, from)) {
    pieces.push(html.subarray(from, at));
    from = at + nonce.length;
  }
  return [...pieces, html.subarray(from)];
}
