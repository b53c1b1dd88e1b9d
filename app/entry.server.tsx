import { PassThrough } from 'node:stream';
import { type AppLoadContext, createReadableStreamFromReadable, type EntryContext } from '@remix-run/node';
import { isRouteErrorResponse, RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream, renderToString } from 'react-dom/server';
import { hasLiveParts } from './http/view.ts';
import './i18n/locale.ts';
import { KeptContext, type KeptParts } from './ui/kept.ts';
import { keepMarkup } from './ui/kept-markup.server.tsx';
import { Navigation } from './ui/navigation.tsx';
import { NonceContext } from './ui/nonce.ts';
import { Footer } from './ui/shell.tsx';

const ABORT_MS = 10_000;
export const streamTimeout = ABORT_MS;

/** For the commands, which read the built site: see there. */
export * as runtime from './http/runtime.server.ts';

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  headers.set('Content-Type', 'text/html; charset=utf-8');
  const { matches } = remixContext.staticHandlerContext;
  const live = hasLiveParts(matches.map(({ route }) => remixContext.routeModules[route.id] ?? {}));
  const page = (
    <NonceContext.Provider value={context.cspNonce}>
      <RemixServer context={remixContext} url={request.url} nonce={context.cspNonce} abortDelay={ABORT_MS} />
    </NonceContext.Provider>
  );
  return live ? streamed(request, page, context, { status, headers }) : document(page, remixContext, context, { status, headers });
}

const kept: KeptParts = {
  navigation: keepMarkup((view) => <Navigation {...view} />),
  footer: keepMarkup((view) => <Footer {...view} />),
};

/** Nothing on the page waits for anything: drawn in one go, into one piece of text. */
async function document(page: JSX.Element, remixContext: EntryContext, context: AppLoadContext, init: ResponseInit): Promise<Response> {
  // It would be the page's data for the browser.
  remixContext.serverHandoffStream = undefined;
  context.document = Buffer.from(`<!DOCTYPE html>${renderToString(<KeptContext.Provider value={kept}>{page}</KeptContext.Provider>)}`);
  return new Response(null, init);
}

function streamed(request: Request, page: JSX.Element, context: AppLoadContext, init: ResponseInit): Promise<Response> {
  // People get the page as it streams; crawlers wait for all of it.
  const ready = isbot(request.headers.get('user-agent') ?? '') ? 'onAllReady' : 'onShellReady';
  return new Promise((resolve, reject) => {
    let answered = false;
    const { pipe, abort } = renderToPipeableStream(page, {
      nonce: context.cspNonce,
      [ready]() {
        answered = true;
        const body = new PassThrough().on('close', () => clearTimeout(timer));
        resolve(new Response(createReadableStreamFromReadable(body), init));
        pipe(body);
      },
      onShellError: reject,
      onError(error: unknown) {
        if (answered)
          context.services.log.error({ request: context.requestId, error: String(error) }, 'rendering failed after the answer began');
      },
    });
    const timer = setTimeout(abort, ABORT_MS + 1000);
  });
}

export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }) {
  // A form sent to a page that takes none, and its like: the visitor is told, nothing is wrong here.
  if (isRouteErrorResponse(error) && error.status < 500) return;
  const stack = error instanceof Error ? error.stack : String(error);
  context.services.log.error({ request: context.requestId, path: new URL(request.url).pathname, stack }, 'unexpected error');
}
