import type { Problem } from '#app/core/problem.ts';
import type { Services } from './services.server.ts';

/** What every loader, action and the document entry get from the process around the bundle: `args.context`. */
export type LoadContext = {
  services: Services;
  /** Stands in the answer's X-Request-Id and in every log line about the request. */
  requestId: string;
  /** For every `<script>`, and for the styles React Aria adds (`<meta property="csp-nonce">`). */
  cspNonce: string;
  /** Network address of the client, as far as the trusted proxies tell. */
  address: string;
  /** Set when the request was refused before it reached a route (wrong origin, too large): no action runs then. */
  refused?: Problem;
  /** A form with files, read as it arrived: the request then has no body. */
  form?: FormData;
  /** Nobody is signed in, and what was sent is for those who are: it was not read, and no action runs. */
  signedOut?: boolean;
  /** The answer's text, when the document was drawn in one piece: the response then has no body, and no stream carries it. */
  document?: Buffer;
};

declare module '@remix-run/server-runtime' {
  interface AppLoadContext extends LoadContext {}
}
