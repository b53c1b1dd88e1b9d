import { PassThrough } from 'node:stream';
import { type AppLoadContext, createReadableStreamFromReadable, type EntryContext } from '@remix-run/node';
import { isRouteErrorResponse, RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import './i18n/locale.ts';
import { NonceContext } from './ui/nonce.ts';

const ABORT_MS = 10_000;
export const streamTimeout = ABORT_MS;

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  // People get the page as it streams; crawlers wait for all of it.
  const ready = isbot(request.headers.get('user-agent') ?? '') ? 'onAllReady' : 'onShellReady';
  return new Promise((resolve, reject) => {
    let answered = false;
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={context.cspNonce}>
        <RemixServer context={remixContext} url={request.url} nonce={context.cspNonce} abortDelay={ABORT_MS} />
      </NonceContext.Provider>,
      {
        nonce: context.cspNonce,
        [ready]() {
          answered = true;
          const body = new PassThrough().on('close', () => clearTimeout(timer));
          headers.set('Content-Type', 'text/html; charset=utf-8');
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
          pipe(body);
        },
        onShellError: reject,
        onError(error: unknown) {
          if (answered)
            context.services.log.error({ request: context.requestId, error: String(error) }, 'rendering failed after the answer began');
        },
      },
    );
    const timer = setTimeout(abort, ABORT_MS + 1000);
  });
}

export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }) {
  if (request.signal.aborted) return;
  // A form sent to a page that takes none, and its like: the visitor is told, nothing is wrong here.
  if (isRouteErrorResponse(error) && error.status < 500) return;
  const stack = error instanceof Error ? error.stack : String(error);
  context.services.log.error({ request: context.requestId, path: new URL(request.url).pathname, stack }, 'unexpected error');
}
