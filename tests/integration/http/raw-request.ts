/** Requests as bytes, for what no client would send. */
import { request as send } from 'node:http';
import { connect } from 'node:net';

export const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Sends bytes as they are and gives everything that comes back until the server closes. */
export const raw = (port: number, text: string) =>
  new Promise<string>((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8').on('data', (part) => {
      answer += part;
    });
    socket.on('close', () => resolve(answer)).on('error', reject);
  });

export const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

/** A chunked POST: no length is announced. */
export const chunked = (url: string, sizes: number[], headers: Record<string, string>) =>
  new Promise<number>((resolve, reject) => {
    const req = send(url, { method: 'POST', headers: { ...FORM, ...headers } }, (res) => resolve(res.resume().statusCode ?? 0));
    req.on('error', reject);
    for (const size of sizes) req.write('x'.repeat(size));
    req.end();
  });
