import { Link, type LinkProps, NavLink, type NavLinkProps } from '@remix-run/react';
import { localePath } from '#app/i18n/locale.ts';

/** A link to a path of the site, in the language of the page: `<A to="/search">`. */
export function A({ to, ...rest }: LinkProps & { to: string }) {
  return <Link to={to.startsWith('/') ? localePath(to) : to} {...rest} />;
}

/** A link of a navigation: marks itself as the current page. */
export function NavA({ to, ...rest }: NavLinkProps & { to: string }) {
  return <NavLink to={localePath(to)} {...rest} />;
}
