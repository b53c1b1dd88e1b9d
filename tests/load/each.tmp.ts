import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import sharp from 'sharp';
import { demonstrationAccounts } from '#seeds/seed.ts';
import { FULL, marketFile, SMALL } from './data.ts';
import { holdMarket, postHold, signedInFirms } from './rows-booking.ts';
import { scopeFile } from './rows-rules.ts';
import { settled, signIn, startOurs } from './servers.ts';
const d = mkdtempSync('/tmp/proof-each-');
const file = d + '/m.sqlite';
copyFileSync(await marketFile(process.env.SIZE === 'full' ? FULL : SMALL), file);
const s = new Sqlite(file);
s.exec(`UPDATE membership SET organisation_id = 'bench-park' WHERE person_id = (SELECT id FROM person WHERE email = 'park.suzhou@demo.hengji.example')`);
s.close();
const { db, market } = await holdMarket(file, 2000);
const cookies = await signedInFirms(db, market);
await db.close();
const said = file + '.stalls';
const ours = await startOurs(file, { NODE_OPTIONS: `--import=${join(import.meta.dirname, 'stall-watch.ts')}`, HENGJI_STALLS: said, HENGJI_STALLS_OF: String(process.pid), TRUSTED_PROXIES: '1', LOG_LEVEL: 'info' });
const stalls = async (): Promise<number[]> => {
  await new Promise((n) => setTimeout(n, 150));
  rmSync(said, { force: true });
  process.kill(ours.pid, 'SIGUSR2');
  while (!existsSync(said)) await new Promise((n) => setTimeout(n, 20));
  await new Promise((n) => setTimeout(n, 50));
  return JSON.parse(readFileSync(said, 'utf8'));
};
await settled(ours);
let at = 0;
const enter = (name: string) => signIn(ours.url, `${name}@demo.hengji.example`, 'hengji-demo-2026');
const c = { sme: await enter('lingyu'), centre: await enter('gusu'), park: await enter('park.suzhou') };
const ask = async (path: string, init: RequestInit & { as?: string } = {}) => {
  const a = await fetch(path.startsWith('http') ? path : ours.url + path, { redirect: 'manual', ...init, headers: { Cookie: init.as ?? '', Origin: ours.url, 'X-Forwarded-For': `10.0.1.${at++ % 250}` } });
  return { a, text: await a.text() };
};
const show = (what: string, list: number[][], extra = '') => console.log(what.padEnd(50), list.map((x) => x.slice(0, 3).map((y) => y.toFixed(0)).join('/')).join('  '), extra);
async function each(what: string, work: () => Promise<unknown>, times = 6) {
  const list = [];
  let last: unknown;
  for (let i = 0; i < times; i++) { await stalls(); last = await work(); list.push(await stalls()); }
  const l = last as { a?: Response; text?: string } | undefined;
  show(what, list, l?.a ? `${l.a.status} ${(l.text!.length / 1000).toFixed(0)}k` : '');
}
let slot = 0;
async function all() {
  for (const p of ['/', '/search?q=%E6%A0%A1%E5%87%86', '/services/dial-gauge-gusu-precision', '/search?q=' + encodeURIComponent('0-25 mm 千分尺 U≤0.5 µm 苏州')]) await each(p.slice(0, 45), () => ask(p));
  for (const p of ['/orders', `/services/${market.service.slug}/book`]) await each(p, () => ask(p, { as: c.sme }));
  for (const p of ['/centre', '/centre/calendar', '/centre/calendar/month', '/centre/services', '/centre/services/new', '/centre/capabilities']) await each(p, () => ask(p, { as: c.centre }));
  for (const p of ['/park?span=52', '/park', '/park/utilization.csv?span=52', '/park/firms']) await each(p, () => ask(p, { as: c.park }));
  await each('10 sign-ins', () => Promise.all(demonstrationAccounts.slice(0, 10).map(({ email }) => ask('/sign-in', { method: 'POST', body: new URLSearchParams({ email, password: 'hengji-demo-2026' }) }))));
  await each('8 holds', () => Promise.all(Array.from({ length: 8 }, () => postHold({ server: ours, service: market.service, cookies, cookie: '' }, slot, cookies[slot++ % cookies.length]!))));
  const photo = new Uint8Array(await sharp({ create: { width: 4000, height: 3000, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 20 }, background: '#fff' } }).jpeg({ quality: 60 }).toBuffer());
  await each(`picture ${(photo.length / 1e6).toFixed(1)} MB`, () => { const f = new FormData(); f.set('intent', 'upload'); f.set('brought', new Blob([photo]), 'b.jpg'); return ask('/centre/services/new', { method: 'POST', body: f, as: c.centre }); }, 3);
}
await all();
const bytes = new Uint8Array(scopeFile());
let review = '', shown = '';
for (let k = 0; k < 2; k++) {
  await each('import', async () => { const f = new FormData(); f.set('file', new Blob([bytes]), 's.csv'); const r = await ask('/centre/capabilities/import', { method: 'POST', body: f, as: c.centre }); review = r.a.headers.get('location')!; return r; }, 1);
  await each('import page', async () => { const r = await ask(review, { as: c.centre }); shown = /name="shown" value="([^"]*)"/.exec(r.text)?.[1] ?? ''; return r; }, 3);
  await each('import store', async () => { const r = await ask(review, { method: 'POST', body: new URLSearchParams({ intent: 'confirm', shown }), as: c.centre }); await new Promise((n) => setTimeout(n, 6000)); return r; }, 1);
}
console.log('--- after'); 
await all();
await ours.stop();
