import type { ReactNode } from 'react';
import { A } from './link.tsx';

export type Crumb = { to?: string; label: string };

/** The frame of a page's content: where it stands, its title, what can be done with it. */
export function Page({
  title,
  lead,
  crumbs,
  actions,
  narrow,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  crumbs?: Crumb[];
  actions?: ReactNode;
  narrow?: boolean;
  children: ReactNode;
}) {
  return (
    <div className="wrap page" style={narrow ? { maxWidth: 560 } : undefined}>
      <header className="grid gap-2">
        {crumbs && (
          <nav className="tiny flex flex-wrap gap-x-2 leading-6" aria-label={crumbs.map((c) => c.label).join(' / ')}>
            {crumbs.map((crumb, i) => (
              <span key={crumb.label} className="inline-flex gap-2">
                {i > 0 && <span aria-hidden="true">/</span>}
                {crumb.to ? (
                  <A to={crumb.to} className="hover:underline">
                    {crumb.label}
                  </A>
                ) : (
                  <span aria-current="page">{crumb.label}</span>
                )}
              </span>
            ))}
          </nav>
        )}
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <h1 className="min-w-0 flex-1 basis-72">{title}</h1>
          {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
        </div>
        {lead && <div className="muted max-w-[60ch]">{lead}</div>}
      </header>
      {children}
    </div>
  );
}

/** Nothing to show: says why, and what to do now. */
export function Empty({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="card pad grid justify-items-start gap-3 py-10">
      <h2>{title}</h2>
      {children && <div className="muted grid gap-3 justify-items-start">{children}</div>}
    </div>
  );
}

/**
 * Parts drawn before (kept-markup.server.tsx), side by side; by itself it is no box. Added up and not joined: long texts are copied once,
 * when the document is sent.
 */
export function Drawn({ markup, as: Tag = 'div', id, className }: DrawnProps) {
  const all = markup.reduce((before, one) => before + one, '');
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by React itself, which escaped what people wrote
    <Tag id={id} className={className ?? (Tag === 'div' ? 'contents' : undefined)} dangerouslySetInnerHTML={{ __html: all }} />
  );
}
type DrawnProps = { markup: readonly string[]; as?: 'div' | 'ol' | 'tbody' | 'datalist'; id?: string; className?: string };
