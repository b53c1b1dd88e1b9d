/** Where somebody was going before they had an account: kept until the address is confirmed, in the browser that asked. */
import { createCookie } from '@remix-run/node';
import type { Settings } from '#app/core/settings.ts';
import { localNext } from '#app/modules/identity/next.ts';

const A_DAY = 86_400;
const cookie = createCookie('hengji_next', { httpOnly: true, sameSite: 'lax', path: '/' });

export const nextOf = (request: Request): string | undefined => localNext(new URL(request.url).searchParams.get('next'));

const secure = ({ origin }: Settings) => ({ secure: origin.startsWith('https:') });

export const rememberNext = (settings: Settings, next: string): Promise<string> =>
  cookie.serialize(next, { ...secure(settings), maxAge: A_DAY });
export const forgetNext = (settings: Settings): Promise<string> => cookie.serialize('', { ...secure(settings), maxAge: 0 });

export async function rememberedNext(request: Request): Promise<string | undefined> {
  const kept: unknown = await cookie.parse(request.headers.get('Cookie')).catch(() => null);
  return typeof kept === 'string' ? localNext(kept) : undefined;
}
