import { describe, expect, it } from 'vitest';
import { listeningSite } from './site.ts';

describe('a page', () => {
  it('drawn for somebody signed in, or at an address that is a secret, is stored nowhere', async () => {
    const { url } = await listeningSite();
    const kept = async (path: string, cookie = '') =>
      (await fetch(url + path, { headers: cookie ? { cookie } : {} })).headers.get('cache-control');
    const signedIn = `hengji_session=${'x'.repeat(27)}`;
    for (const path of ['/', '/any/thing', '/en', '/who']) {
      expect(await kept(path)).toBe('private, no-cache');
      expect(await kept(path, signedIn)).toBe('private, no-store');
      expect(await kept(path, `a=b; ${signedIn}`)).toBe('private, no-store');
    }
    for (const path of ['/reset/secret', '/en/verify/secret', '/invitation/secret', '/mailbox', '/mailbox/1', '/sign-in', '/Reset/secret'])
      expect(await kept(path), path).toBe('private, no-store');
    expect(await kept('/signs')).toBe('private, no-cache');
  });
});
