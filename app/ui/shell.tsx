import { useLocation } from '@remix-run/react';
import { type ReactNode, useContext } from 'react';
import { barePath, currentLocale, localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { KeptContext } from './kept.ts';
import { A } from './link.tsx';
import { ENTRIES, Navigation } from './navigation.tsx';
import { Drawn } from './page.tsx';

export type ShellViewer = {
  name: string;
  operator: boolean;
  /** Messages not yet seen; null for who has none to get. */
  unread: number | null;
  organisation: { kind: 'sme' | 'centre' | 'park'; nameZh: string; nameEn: string } | null;
} | null;

function NavigationPart({ viewer, className }: { viewer: ShellViewer; className: string }) {
  const kept = useContext(KeptContext);
  const path = barePath(useLocation().pathname);
  const view = {
    kind: viewer?.organisation?.kind ?? null,
    operator: viewer?.operator ?? false,
    unread: viewer?.unread ?? null,
    current: ENTRIES.find((entry) => path === entry || path.startsWith(`${entry}/`)) ?? null,
    className,
  };
  return kept ? <Drawn markup={[kept.navigation(view)]} /> : <Navigation {...view} />;
}

function LanguageLink() {
  const { pathname, search } = useLocation();
  const other = currentLocale() === 'en' ? 'zh-CN' : 'en';
  return (
    // A whole new document: everything on it changes language.
    <a
      href={localePath(barePath(pathname) + search, other)}
      hrefLang={other}
      lang={other}
      className="inline-flex min-h-11 shrink-0 items-center whitespace-nowrap px-2 text-ink-2 hover:text-ink"
    >
      {other === 'en' ? 'EN' : m.ui_language_zh()}
    </a>
  );
}

/** The name; of its two characters the second in colour. */
function Brand() {
  const name = m.brand();
  const at = currentLocale() === 'zh-CN' ? 1 : name.length;
  return (
    <>
      {name.slice(0, at)}
      <span className="text-accent">{name.slice(at)}</span>
    </>
  );
}

export function Header({ viewer }: { viewer: ShellViewer }) {
  return (
    <header className="bg-surface">
      <a href="#main" className="skip btn">
        {m.ui_skip()}
      </a>
      <div className="wrap flex min-h-15 items-center gap-3 sm:gap-7">
        <A to="/" className="shrink-0 whitespace-nowrap text-lg font-bold tracking-wide">
          <Brand />
        </A>
        <NavigationPart viewer={viewer} className="hidden gap-5 text-[.9375rem] md:flex" />
        <div className="ml-auto flex min-w-0 items-center gap-1 text-[.9375rem] sm:gap-3">
          <LanguageLink />
          {viewer ? (
            <A to="/account" className="inline-flex min-h-11 min-w-0 max-w-44 items-center gap-2 px-2" title={viewer.name}>
              <span className="truncate">
                {viewer.organisation ? pick(viewer.organisation.nameZh, viewer.organisation.nameEn) : viewer.name}
              </span>
            </A>
          ) : (
            <A to="/sign-in" className="btn small">
              {m.ui_sign_in()}
            </A>
          )}
          <details className="relative shrink-0 md:hidden [&[open]>div]:grid">
            <summary
              className="btn small relative list-none"
              aria-label={viewer?.unread ? `${m.ui_menu()} · ${m.messages_unread_nav({ count: viewer.unread })}` : m.ui_menu()}
            >
              {Boolean(viewer?.unread) && <span className="absolute -top-1 -right-1 size-3 rounded-full bg-seal" />}
              <svg width="18" height="14" viewBox="0 0 18 14" aria-hidden="true">
                <path d="M0 1h18M0 7h18M0 13h18" stroke="currentColor" strokeWidth="2" />
              </svg>
            </summary>
            <div className="card absolute right-0 z-40 mt-2 min-w-52 px-5 py-2">
              <NavigationPart viewer={viewer} className="grid" />
            </div>
          </details>
        </div>
      </div>
      <div className="ticks" />
    </header>
  );
}

/** Of a new version of terms or privacy notice; stays until it is agreed to. */
export function AgreeBanner() {
  const { pathname } = useLocation();
  if (barePath(pathname) === '/agree') return null;
  return (
    <aside className="border-line border-b bg-accent-soft" aria-label={m.legal_banner()}>
      <p className="wrap flex flex-wrap gap-x-4 gap-y-1 py-2 text-[.9375rem]">
        {m.legal_banner()}
        <A to="/agree" className="link">
          {m.legal_banner_read()}
        </A>
      </p>
    </aside>
  );
}

const LEGAL = [
  ['/terms', m.legal_terms],
  ['/privacy', m.legal_privacy],
  ['/ordering', m.legal_ordering],
  ['/help', m.legal_help],
  ['/imprint', m.legal_imprint],
] as const;

/** The footer as it was kept, or drawn here. */
export function FooterPart({ demonstration }: { demonstration: boolean }) {
  const kept = useContext(KeptContext);
  return kept ? <Drawn markup={[kept.footer({ demonstration })]} /> : <Footer demonstration={demonstration} />;
}

export function Footer({ demonstration }: { demonstration: boolean }) {
  return (
    <footer className="border-t border-line bg-sunk">
      <div className="wrap flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2 py-6 text-[.875rem] text-ink-2">
        <p>
          {m.brand_full()} · {m.ui_footer_purpose()}
        </p>
        {demonstration && (
          <p className="flex flex-wrap gap-x-4">
            <span>{m.ui_demonstration()}</span>
            <A to="/mailbox" className="link">
              {m.ui_mailbox()}
            </A>
          </p>
        )}
        <nav className="flex basis-full flex-wrap gap-x-4" aria-label={m.legal_nav()}>
          {LEGAL.map(([to, name]) => (
            <A key={to} to={to} className="inline-flex min-h-8 items-center hover:underline">
              {name()}
            </A>
          ))}
        </nav>
      </div>
    </footer>
  );
}

/** A page for what went wrong: what happened, what was kept, what to do next. */
export function Trouble({
  code,
  title,
  text,
  next,
  actions,
}: {
  code: string;
  title: string;
  text: string;
  next: string;
  actions?: ReactNode;
}) {
  return (
    <div className="wrap page" style={{ maxWidth: 640 }}>
      <p className="num tiny">{code}</p>
      <h1>{title}</h1>
      <p className="muted">{text}</p>
      <p>{next}</p>
      <div className="flex flex-wrap gap-3">
        {actions}
        <A to="/" className="btn">
          {m.ui_home()}
        </A>
      </div>
    </div>
  );
}
