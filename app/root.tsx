import type { LinksFunction, MetaFunction } from '@remix-run/node';
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  type ShouldRevalidateFunction,
  useLocation,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react';
import type { ReactNode } from 'react';
import { actorIn } from './core/actor.ts';
import './i18n/locale.ts';
import { serve } from './http/route.server.ts';
import type { ViewOf } from './http/use-view.ts';
import { hasLiveParts, unwrap } from './http/view.ts';
import { barePath, currentLocale, localePath } from './i18n/locale.ts';
import * as m from './i18n/paraglide/messages.js';
import { getViewer } from './modules/identity/guards.server.ts';
import { mustAgree } from './modules/legal/legal-rules.ts';
import { versionsInForce } from './modules/legal/texts-in-force.server.ts';
import { countWaiting, type Waiting } from './read-models/count-waiting.server.ts';
import enhance from './ui/enhance.js?url';
import { useNonce } from './ui/nonce.ts';
import { AgreeBanner, FooterPart, Header, Trouble } from './ui/shell.tsx';
import stylesheet from './ui/theme.css?url';

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: stylesheet },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
];

const NOTHING_WAITS: Waiting = { unread: null, enquiries: 0 };

export const loader = serve(async ({ request, services }) => {
  const viewer = await getViewer(services, request);
  const actor = actorIn(viewer);
  return {
    origin: services.settings.origin,
    demonstration: services.settings.demonstration,
    viewer: viewer && {
      name: viewer.person.name,
      operator: viewer.person.operator,
      asksToAgree: mustAgree(await versionsInForce(services), { terms: viewer.person.agreedTerms, privacy: viewer.person.agreedPrivacy }),
      ...(actor ? await countWaiting(services, actor) : NOTHING_WAITS),
      organisation: viewer.organisation && {
        kind: viewer.organisation.kind,
        role: viewer.role,
        nameZh: viewer.organisation.nameZh,
        nameEn: viewer.organisation.nameEn,
      },
    },
  };
});

/** Who is signed in changes only by an action. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formMethod }) => formMethod !== undefined && formMethod !== 'GET';

/** The page's own address, and where the same page stands in the other language. */
function Addresses({ origin }: { origin: string }) {
  const { pathname } = useLocation();
  const bare = barePath(pathname);
  return (
    <>
      <link rel="canonical" href={origin + localePath(bare)} />
      <link rel="alternate" hrefLang="zh-CN" href={origin + localePath(bare, 'zh-CN')} />
      <link rel="alternate" hrefLang="en" href={origin + localePath(bare, 'en')} />
      <link rel="alternate" hrefLang="x-default" href={origin + bare} />
    </>
  );
}

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const data = unwrap(useRouteLoaderData('root')) as ViewOf<typeof loader> | undefined;
  const live = hasLiveParts(useMatches());
  return (
    <html lang={currentLocale()}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <Meta />
        <Links />
        {data && <Addresses origin={data.origin} />}
      </head>
      <body>
        <Header viewer={data?.viewer ?? null} />
        {data?.viewer?.asksToAgree && <AgreeBanner />}
        <main id="main">{children}</main>
        <FooterPart demonstration={data?.demonstration ?? false} />
        <script src={enhance} defer />
        {live && (
          <>
            <ScrollRestoration nonce={nonce} />
            <Scripts nonce={nonce} />
          </>
        )}
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

/** problemResponse (http/problems.ts) has said it in words already; what is left is the unexpected. */
function troubleWords(error: unknown): { code: string; title: string; text: string; next: string } {
  if (isRouteErrorResponse(error) && typeof error.data?.title === 'string') {
    const { title, text, next } = error.data;
    return { code: String(error.status), title, text, next };
  }
  if (isRouteErrorResponse(error) && error.status === 405)
    return {
      code: '405',
      title: m.http_method_not_allowed_title(),
      text: m.http_method_not_allowed_text(),
      next: m.http_method_not_allowed_next(),
    };
  if (error instanceof TypeError && typeof window !== 'undefined' && !navigator.onLine)
    return { code: '', title: m.ui_offline_title(), text: m.ui_offline_text(), next: m.ui_offline_next() };
  return {
    code: '500',
    title: m.ui_error_unexpected_title(),
    text: m.ui_error_unexpected_text(),
    next: m.ui_error_unexpected_next(),
  };
}

/** The name of the site where a page gives none of its own; on an error page, what went wrong. */
export const meta: MetaFunction = ({ error }) => [{ title: error ? `${troubleWords(error).title} · ${m.brand()}` : m.brand() }];

export function ErrorBoundary() {
  return <Trouble {...troubleWords(useRouteError())} />;
}
