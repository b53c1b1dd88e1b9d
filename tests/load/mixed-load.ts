/** What goes on in a site on a busy day, all at once: pages, holds, imports, a park's report, pictures, sign-ins. */
import sharp from 'sharp';
import { demonstrationAccounts } from '#seeds/seed.ts';
import { type HoldShop, postHold } from './rows-booking.ts';
import { scopeFile } from './rows-rules.ts';
import { signIn } from './servers.ts';

const PASSWORD = 'hengji-demo-2026';
/** Between two things one person does. */
const PAUSE_MS = 20;
const SIGN_INS_AT_ONCE = 10;
const SIGN_IN_EVERY_MS = 4_000;
const PICTURE_EVERY_MS = 500;

/** How often each kind of work was done, and what was answered otherwise than expected. */
export type MixedLoad = { done: Map<string, number>; troubles: Map<string, number> };

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** @param firms whose holds these are, with sessions; @param offset of the first slot held */
export async function mixedLoad(shop: HoldShop, seconds: number, offset = 0): Promise<MixedLoad> {
  const { url } = shop.server;
  const until = performance.now() + seconds * 1000;
  const load: MixedLoad = { done: new Map(), troubles: new Map() };
  const count = (map: Map<string, number>, what: string) => map.set(what, (map.get(what) ?? 0) + 1);
  const enter = (name: string) => signIn(url, `${name}@demo.hengji.example`, PASSWORD);
  const cookies = { sme: await enter('lingyu'), centre: await enter('gusu'), park: await enter('park.suzhou') };
  let address = 0;

  const ask = async (what: string, path: string, init: RequestInit & { as?: string } = {}, expected: readonly number[] = [200]) => {
    const headers = {
      ...init.headers,
      Cookie: init.as ?? '',
      Origin: url,
      'X-Forwarded-For': `10.0.${(address >> 8) % 256}.${address++ % 256}`,
    };
    const answer = await fetch(path.startsWith('http') ? path : url + path, { redirect: 'manual', ...init, headers });
    const text = await answer.text();
    if (expected.includes(answer.status)) count(load.done, what);
    else count(load.troubles, `${what}: ${answer.status}`);
    return { answer, text };
  };
  const over = async (work: () => Promise<unknown>, every = PAUSE_MS) => {
    while (performance.now() < until) {
      await work();
      await pause(Math.min(every, Math.max(0, until - performance.now())));
    }
  };

  const words = ['校准', '千分尺', '压力表', 'micrometer', '0-25 mm 千分尺 U≤0.5 µm 苏州', '热电偶 0~300 ℃'];
  let turn = 0;
  const visitor = async () => {
    const word = encodeURIComponent(words[turn++ % words.length] as string);
    await ask(
      'page',
      ['/', `/search?q=${word}`, `/search?q=${word}&family=calibration`, '/services/dial-gauge-gusu-precision'][turn % 4] as string,
    );
  };
  const firm = () => ask('page', turn++ % 2 === 0 ? '/orders' : `/services/${shop.service.slug}/book`, { as: cookies.sme });
  const centre = () =>
    ask(
      'page',
      ['/centre', '/centre/calendar', '/centre/calendar/month', '/centre/capabilities', '/centre/services'][turn++ % 5] as string,
      {
        as: cookies.centre,
      },
    );
  let slot = offset;
  const hold = async () => {
    const cookie = shop.cookies[slot % shop.cookies.length] as string;
    await postHold(shop, slot++, cookie).then(
      () => count(load.done, 'hold'),
      (error: Error) => count(load.troubles, `hold: ${error.message}`),
    );
  };
  const park = () => ask('park report', turn++ % 3 === 0 ? '/park/utilization.csv?span=52' : '/park?span=52', { as: cookies.park });
  const file = new Uint8Array(scopeFile());
  const scope = async () => {
    const form = new FormData();
    form.set('file', new Blob([file]), 'scope.csv');
    const { answer } = await ask('import', '/centre/capabilities/import', { method: 'POST', body: form, as: cookies.centre }, [302, 303]);
    const review = answer.headers.get('location');
    if (!review) return;
    const { text } = await ask('import page', review, { as: cookies.centre });
    await ask('import page', `${review}?page=2`, { as: cookies.centre });
    const shown = /name="shown" value="([^"]*)"/.exec(text)?.[1] ?? '';
    const body = new URLSearchParams({ intent: 'confirm', shown });
    await ask('import stored', review, { method: 'POST', body, as: cookies.centre }, [200, 302, 303]);
  };
  const photo = new Uint8Array(
    await sharp({
      create: { width: 4000, height: 3000, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 20 }, background: '#fff' },
    })
      .jpeg({ quality: 60 })
      .toBuffer(),
  );
  const picture = async () => {
    const form = new FormData();
    form.set('intent', 'upload');
    form.set('brought', new Blob([photo]), 'bench.jpg');
    // The form itself is empty: it comes back with what is missing, and with the picture kept.
    await ask('picture', '/centre/services/new', { method: 'POST', body: form, as: cookies.centre }, [200, 400]);
  };
  const signIns = () =>
    Promise.all(
      Array.from({ length: SIGN_INS_AT_ONCE }, (_, i) =>
        ask(
          'sign-in',
          '/sign-in',
          { method: 'POST', body: new URLSearchParams({ email: demonstrationAccounts[i]?.email ?? '', password: PASSWORD }) },
          [302, 303],
        ),
      ),
    );

  await Promise.all([
    over(visitor),
    over(visitor),
    over(visitor),
    over(firm),
    over(centre),
    over(hold),
    over(hold),
    over(park, 200),
    over(scope, 1_000),
    over(picture, PICTURE_EVERY_MS),
    over(signIns, SIGN_IN_EVERY_MS),
  ]);
  return load;
}
