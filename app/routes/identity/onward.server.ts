/** Where somebody was going before they had an account: kept until the address is confirmed, in the browser that asked. */
import { createCookie } from '@remix-run/node';
import { cookieName, overTls } from '#app/core/cookies.ts';
import type { Settings } from '#app/core/settings.ts';
import { localNext } from '#app/modules/identity/next.ts';

const A_DAY = 86_400;
const cookie = (settings: Settings) =>
  createCookie(cookieName(settings, 'next'), { httpOnly: true, sameSite: 'lax', path: '/', secure: overTls(settings) });

export const nextOf = (request: Request): string | undefined => localNext(new URL(request.url).searchParams.get('next'));

export const rememberNext = (settings: Settings, next: string): Promise<string> => cookie(settings).serialize(next, { maxAge: A_DAY });
export const forgetNext = (settings: Settings): Promise<string> => cookie(settings).serialize('', { maxAge: 0 });

export async function rememberedNext(settings: Settings, request: Request): Promise<string | undefined> {
  const kept: unknown = await cookie(settings)
    .parse(request.headers.get('Cookie'))
    .catch(() => null);
  return typeof kept === 'string' ? localNext(kept) : undefined;
}
