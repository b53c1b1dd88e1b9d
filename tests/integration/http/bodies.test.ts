import { connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { newcomer } from '../identity/people.ts';
import { listeningSite, type TestSite } from './site.ts';

const PATH = '/centre/services/x';
const FILE = new Blob(['范围,0-25 mm\r\n'], { type: 'text/csv' });

const cookieOf = async ({ services }: TestSite) => (await newcomer(services, 'li@example.com', 'centre')).cookie.split(';')[0] as string;

function form(fields: Record<string, string | Blob> = { name: '外径千分尺', file: FILE }): FormData {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') made.append(name, value);
    else made.append(name, value, '报价 2026 "一".csv');
  }
  return made;
}

/** Sends the head of a request and the beginning of its body, and never the rest. @returns the answer, and what closes the connection */
const begins = (port: number, head: string[], bytes = 100_000) =>
  new Promise<{ answer: string; ms: number }>((resolve, reject) => {
    const began = performance.now();
    const socket = connect(port, '127.0.0.1', () => socket.write(`${head.join('\r\n')}\r\n\r\n${'x'.repeat(bytes)}`));
    socket.setEncoding('utf8').on('data', (answer) => {
      resolve({ answer: String(answer), ms: performance.now() - began });
      socket.destroy();
    });
    socket.on('error', reject);
  });

/** Sends all of a body of so many bytes after its answer was given, and reads only then, as a browser may. @returns the answer */
const sendsAll = (port: number, head: string[], bytes: number, written = (body: string) => body) =>
  new Promise<string>((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.pause();
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
      setTimeout(() => socket.write(written('x'.repeat(bytes)), () => socket.resume()), 500);
    });
    socket.setEncoding('utf8').on('data', (part) => (answer += part));
    socket.on('end', () => resolve(answer)).on('error', reject);
  });

const uploadHead = (port: number, more: string[]) => [
  `POST ${PATH} HTTP/1.1`,
  `Host: 127.0.0.1:${port}`,
  'Content-Type: multipart/form-data; boundary=X',
  'Content-Length: 8000000',
  ...more,
];

describe('what is read of a request', () => {
  it('is nothing while nobody is signed in: the answer leads to the sign-in page before the body has come', async () => {
    const { port, url, seen } = await listeningSite();
    const { answer } = await begins(port, uploadHead(port, [`Origin: ${url}`]));
    expect(answer).toMatch(/^HTTP\/1\.1 302 /);
    expect(answer).toMatch(/\r\nlocation: \/sign-in\?next=%2Fcentre%2Fservices%2Fx\r\n/i);
    expect(seen.actions).toEqual([]);
  });

  it('is nothing for a session that is none', async () => {
    const { port, url } = await listeningSite();
    const { answer } = await begins(port, uploadHead(port, [`Origin: ${url}`, `Cookie: hengji_session=${'a'.repeat(27)}`]));
    expect(answer).toMatch(/^HTTP\/1\.1 302 /);
  });

  it('is nothing when it comes from another site, also for who is signed in', async () => {
    const site = await listeningSite();
    const cookie = await cookieOf(site);
    const { answer } = await begins(site.port, uploadHead(site.port, ['Origin: https://evil.example', `Cookie: ${cookie}`]));
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    const small = [`POST /form HTTP/1.1`, `Host: 127.0.0.1:${site.port}`, 'Origin: https://evil.example', 'Content-Length: 60000'];
    expect((await begins(site.port, small, 10)).answer).toMatch(/^HTTP\/1\.1 403 /);
  });

  it('leaves the connection to its next request when the rest of the body is thrown away', async () => {
    const { url } = await listeningSite();
    for (let i = 0; i < 3; i++) {
      const answer = await fetch(url + PATH, {
        method: 'POST',
        body: form({ file: new Blob(['x'.repeat(3_000_000)]) }),
        headers: { origin: url },
        redirect: 'manual',
      });
      expect(answer.status).toBe(302);
    }
  });

  it('is a form with files for who is signed in, with names and types as they were sent', async () => {
    const site = await listeningSite();
    const { url } = site;
    const headers = { origin: url, cookie: await cookieOf(site) };
    const sent = form();
    sent.append('empty', new Blob([]), '');
    sent.append('again', '1');
    sent.append('again', '2');
    const answer = await fetch(url + PATH, { method: 'POST', body: sent, headers });
    expect(await answer.json()).toEqual([
      ['name', '外径千分尺'],
      ['file', '报价 2026 "一".csv', 'text/csv', '范围,0-25 mm\r\n'],
      ['empty', '', 'application/octet-stream', ''],
      ['again', '1'],
      ['again', '2'],
    ]);
  });

  it('is refused whole when it is too large, cut off or no form', async () => {
    const site = await listeningSite();
    const { url, seen } = site;
    const headers = { origin: url, cookie: await cookieOf(site) };
    const post = async (body: BodyInit, type?: string) =>
      (await fetch(url + PATH, { method: 'POST', body, headers: type ? { ...headers, 'content-type': type } : headers })).status;
    expect(await post(form({ file: new Blob(['x'.repeat(9 * 1024 * 1024)]) }))).toBe(413);
    expect(await post('--X\r\nContent-Disposition: form-data; name="a"\r\n\r\ncut', 'multipart/form-data; boundary=X')).toBe(400);
    expect(await post('nothing of the kind', 'multipart/form-data; boundary=X')).toBe(400);
    expect(await post('nothing of the kind', 'multipart/form-data')).toBe(400);
    expect(await post(form({ 'a\0b': '1' }))).toBe(400);
    expect(await post(form({ a: 'x\0y' }))).toBe(400);
    // Fields alone are small, whatever the address.
    expect(await post('a&'.repeat(40_000), 'application/x-www-form-urlencoded')).toBe(413);
    expect(seen.actions).toEqual([]);
  });

  it('is sent to its end by who was refused, who then reads why and finds the connection closed', async () => {
    const site = await listeningSite();
    const bytes = 20_000_000;
    const head = [`POST ${PATH} HTTP/1.1`, `Host: 127.0.0.1:${site.port}`, `Content-Length: ${bytes}`, `Origin: ${site.url}`];
    const answer = await sendsAll(site.port, [...head, `Cookie: ${await cookieOf(site)}`], bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
  });

  it('is read to its end too where it began to be read', async () => {
    const site = await listeningSite();
    const head = [`POST ${PATH} HTTP/1.1`, `Host: 127.0.0.1:${site.port}`, 'Transfer-Encoding: chunked', `Origin: ${site.url}`];
    const answer = await sendsAll(site.port, [...head, `Cookie: ${await cookieOf(site)}`], 12_000_000, (body) => {
      return `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('is not read for ever of who was refused and goes on', async () => {
    const site = await listeningSite();
    const head = [`POST ${PATH} HTTP/1.1`, `Host: 127.0.0.1:${site.port}`, 'Transfer-Encoding: chunked', `Origin: ${site.url}`];
    head.push(`Cookie: ${await cookieOf(site)}`);
    const part = 'x'.repeat(0x100000);
    const sent = await new Promise<number>((resolve) => {
      let count = 0;
      const socket = connect(site.port, '127.0.0.1', () => {
        socket.write(`${head.join('\r\n')}\r\n\r\n`);
        const more = (error?: Error | null) => {
          if (error) return;
          count++;
          socket.write(`100000\r\n${part}\r\n`, (failed) => setTimeout(more, 1, failed));
        };
        more();
      });
      socket
        .resume()
        .on('error', () => {})
        .on('close', () => resolve(count));
    });
    // Four times what any page takes, and what lies in buffers on the way.
    expect(sent).toBeLessThan(100);
  });

  it('has as many parts as a page may send and no more', async () => {
    const site = await listeningSite();
    const headers = { origin: site.url, cookie: await cookieOf(site) };
    const parts = (count: number) => form(Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, 'v'])));
    const post = async (count: number) => (await fetch(site.url + PATH, { method: 'POST', body: parts(count), headers })).status;
    expect(await post(1_000)).toBe(200);
    expect(await post(3_000)).toBe(400);
  });

  it('is held back for who sends many files at once, and every one is answered', async () => {
    const site = await listeningSite();
    const headers = { origin: site.url, cookie: await cookieOf(site) };
    const file = new Blob(['x'.repeat(8_000_000)]);
    const sent = Array.from({ length: 8 }, () => fetch(site.url + PATH, { method: 'POST', body: form({ file }), headers }));
    expect((await Promise.all(sent)).map(({ status }) => status)).toEqual(Array(8).fill(200));
    await vi.waitFor(() => expect(site.seen.actions).toHaveLength(8));
  });
});
