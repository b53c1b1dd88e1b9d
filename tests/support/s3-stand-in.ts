/** A bucket over HTTP: enough of Amazon's S3 protocol to put, get and delete an object, and every request's signature checked as Amazon states it. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

const hash = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const mac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
const escaped = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

export type SignedRequest = { method: string; path: string; query: string; headers: Record<string, string>; payloadHash: string };

/** Signature Version 4, as in "Signature Calculations for the Authorization Header" of the S3 API reference. */
export function signature(
  { method, path, query, headers, payloadHash }: SignedRequest,
  signed: string[],
  scope: string,
  secret: string,
): string {
  const [date = '', region = '', service = ''] = scope.split('/');
  const sortedQuery = [...new URLSearchParams(query)]
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .sort()
    .join('&');
  const canonical = [
    method,
    path,
    sortedQuery,
    ...signed.map((name) => `${name}:${(headers[name] ?? '').trim()}`),
    '',
    signed.join(';'),
    payloadHash,
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'] ?? '', scope, hash(canonical)].join('\n');
  const key = [region, service, 'aws4_request'].reduce<Buffer>((before, part) => mac(before, part), mac(`AWS4${secret}`, date));
  return mac(key, text).toString('hex');
}

function isSigned(req: IncomingMessage, body: Buffer, keys: { id: string; secret: string }): boolean {
  const parts = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\S+?), ?SignedHeaders=(\S+?), ?Signature=([0-9a-f]{64})$/.exec(
    req.headers.authorization ?? '',
  );
  if (!parts) return false;
  const [, id, scope = '', names = '', given = ''] = parts;
  const payloadHash = String(req.headers['x-amz-content-sha256'] ?? '');
  if (payloadHash !== 'UNSIGNED-PAYLOAD' && payloadHash !== hash(body)) return false;
  const [path = '', query = ''] = (req.url ?? '').split('?');
  const signed = names.split(';');
  if (id !== keys.id || !signed.includes('host')) return false;
  const headers = Object.fromEntries(Object.entries(req.headers).map(([name, value]) => [name, String(value)]));
  const wanted = signature({ method: req.method ?? '', path, query, headers, payloadHash }, signed, scope, keys.secret);
  return timingSafeEqual(Buffer.from(given), Buffer.from(wanted));
}

const error = (code: string) => `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;

export async function serveBucket(keys: { id: string; secret: string }) {
  const objects = new Map<string, Buffer>();
  const server = createServer(async (req, res) => {
    const pieces: Buffer[] = [];
    for await (const piece of req) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    const answer = (status: number, content: string | Buffer = '') => void res.writeHead(status, { ETag: '"0"' }).end(content);
    if (!isSigned(req, body, keys)) return answer(403, error('SignatureDoesNotMatch'));
    const key = (req.url ?? '').split('?')[0] as string;
    if (!key.startsWith('/bucket/')) return answer(404, error('NoSuchBucket'));
    if (req.method === 'PUT') {
      objects.set(key, body);
      return answer(200);
    }
    if (req.method === 'DELETE') {
      objects.delete(key);
      return answer(204);
    }
    const found = objects.get(key);
    return found ? answer(200, found) : answer(404, error('NoSuchKey'));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    objects,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
