import { redirectTo, serve } from '#app/http/route.server.ts';
import { signOut } from '#app/modules/identity/sign-out.server.ts';

export const loader = serve(async () => {
  throw redirectTo('/');
});

export const action = serve(async ({ request, services }) => {
  const { cookie } = await signOut(services, request);
  throw redirectTo('/', { 'Set-Cookie': cookie });
});
