import { type RouteConfigEntry, route } from '@remix-run/route-config';

const page = (path: string, file: string) => route(path, `routes/identity/${file}.tsx`);

export const identityRoutes: RouteConfigEntry[] = [
  page('sign-up', 'sign-up'),
  page('check-mail', 'check-mail'),
  page('verify/:token', 'verify'),
  page('sign-in', 'sign-in'),
  page('start', 'start'),
  page('sign-out', 'sign-out'),
  page('forgot', 'forgot'),
  page('reset/:token', 'reset'),
  page('invitation/:token', 'invitation'),
  page('second-factor', 'second-factor'),
  page('account', 'account'),
  page('account/second-factor', 'own-second-factor'),
  route('passkey-options', 'routes/identity/passkey-options.ts'),
  page('members', 'members'),
  page('switch-organisation', 'switch-organisation'),
  page('mailbox', 'mailbox'),
  page('mailbox/:id', 'mail'),
];
