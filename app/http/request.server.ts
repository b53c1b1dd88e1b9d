import type { IncomingMessage, ServerResponse } from 'node:http';

/** Forms are small; the largest (an order with its instruments) stays under half of this. */
const FORM_BYTES = 64 * 1024;
/** Stripe does not say how large an event may be; those seen are under 100 kB. */
const SIGNED_BYTES = 1024 * 1024;

/** Files of a scope, up to 8 MB, certificates, pictures, and documents of a verification request, in the form around them. */
const UPLOAD_BYTES = 9 * 1024 * 1024;
/** Calendars and reports, up to 10 MB. */
const LARGE_BYTES = 11 * 1024 * 1024;
const LARGE = /\/(calendars|centre\/orders\/[\w-]+)\/?$/;
const UPLOADS =
  /^(\/en)?\/(centre\/(capabilities\/import|orders\/[\w-]+|accreditations\/[\w-]+|pools\/[\w-]+\/calendars|services\/[\w-]+|claim\/[\w-]+)|messages\/[\w-]+)\/?$/;

/** Addresses that take files: what is in them is looked at where they are read. */
export const takesFiles = (path: string): boolean => UPLOADS.test(path);

/** Fields without files are small wherever they are sent: a million of them in nine megabytes would take seconds to tell apart. */
export function bodyLimit(path: string, signed: boolean, multipart: boolean): number {
  if (signed) return SIGNED_BYTES;
  if (!takesFiles(path) || !multipart) return FORM_BYTES;
  return LARGE.test(path) ? LARGE_BYTES : UPLOAD_BYTES;
}

/** Whether the sender states a length that some page may have. */
export const endsSoon = ({ headers }: IncomingMessage): boolean => Number(headers['content-length'] ?? Number.NaN) <= LARGE_BYTES;

/** How long and how much of a refused body is still read: a large file on a slow line, not one without end. */
const LINGER_MS = 10_000;
const LINGER_BYTES = 4 * LARGE_BYTES;

/**
 * Closes the connection after its answer, and not before who is still sending has read it: closed at once, the system throws away what it has not
 * handed over yet, and a browser shows a broken connection instead of the reason.
 */
export function closeAfter(req: IncomingMessage, res: ServerResponse): void {
  const { socket } = req;
  res.setHeader('Connection', 'close');
  // What Node calls when the last answer of a connection has been sent.
  socket.destroySoon = () => {
    socket.end();
    req.resume(); // what is left is thrown away as it comes
    const end = () => socket.destroy();
    const most = socket.bytesRead + LINGER_BYTES;
    const timer = setTimeout(end, LINGER_MS);
    const watch = setInterval(() => socket.bytesRead > most && end(), LINGER_MS / 100);
    socket.once('close', () => {
      clearTimeout(timer);
      clearInterval(watch);
    });
  };
}

/**
 * Reads a body, counting what really arrives: a chunked one says no length, and a stated length may lie.
 * @returns the bytes, or nothing when there are more than `limit`
 */
export async function readBody(req: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  if (Number(req.headers['content-length'] ?? 0) > limit) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > limit) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** Headers as the web's class; Origin and the forwarded host were judged already, and Remix would judge them without the settings. */
const JUDGED = new Set(['origin', 'x-forwarded-host']);

export function toWebRequest(req: IncomingMessage, url: string, body: Buffer | undefined): Request {
  const headers: [string, string][] = [];
  for (const [name, value] of Object.entries(req.headers)) {
    if (value === undefined || JUDGED.has(name)) continue;
    if (typeof value === 'string') headers.push([name, value]);
    else for (const one of value) headers.push([name, one]);
  }
  const { method = 'GET' } = req;
  return new Request(url, {
    method,
    headers,
    body: method === 'GET' || method === 'HEAD' ? undefined : (body as Uint8Array<ArrayBuffer> | undefined),
  });
}

/** Sends status and headers; cookies one by one, as each needs a line of its own. */
export function sendHead(res: ServerResponse, response: Response): void {
  res.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') res.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) res.setHeader('Set-Cookie', cookies);
}

/**
 * The client's address. Each trusted proxy has put the address it saw at the end of X-Forwarded-For; what stands before those
 * cannot be trusted.
 */
export function clientAddress(req: IncomingMessage, trustedProxies: number): string {
  const seen = req.socket.remoteAddress ?? '';
  if (trustedProxies === 0) return seen;
  const said = String(req.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter(Boolean);
  return said.at(-trustedProxies) ?? said[0] ?? seen;
}
