import { useLocation } from '@remix-run/react';
import type { ComponentProps } from 'react';
import { localePath } from '#app/i18n/locale.ts';

type LinkProps = Omit<ComponentProps<'a'>, 'href'> & { to: string };

/** A link to a path of the site, in the language of the page: `<A to="/search">`. It leads to a new document. */
export function A({ to, ...rest }: LinkProps) {
  return <a href={to.startsWith('/') ? localePath(to) : to} {...rest} />;
}

/** A link of a navigation: marks itself as the current page, and (without `end`) as the one above it. */
export function NavA({ to, end = false, ...rest }: LinkProps & { end?: boolean }) {
  const { pathname } = useLocation();
  const href = localePath(to);
  const current = pathname === href || (!end && pathname.startsWith(`${href}/`));
  return <a href={href} aria-current={current ? 'page' : undefined} {...rest} />;
}
