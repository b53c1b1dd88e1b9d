import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from './errors.ts';

const MAX_BODY_BYTES = 1_000_000;

/** Reads a whole body. @throws ApiError 413 beyond 1 MB */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new ApiError(413, { message: 'Request body is too large' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function send(
  response: ServerResponse,
  status: number,
  type: 'application/json' | 'text/html; charset=utf-8',
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(body);
}

export function sendJson(response: ServerResponse, status: number, value: object, headers: Record<string, string> = {}): void {
  send(response, status, 'application/json', JSON.stringify(value), headers);
}

/** The body of an error; anything unexpected says no more than that. */
export function errorBody(error: unknown): { status: number; body: { error: object } } {
  if (error instanceof ApiError) return { status: error.status, body: { error: error.fields } };
  return { status: 500, body: { error: { type: 'api_error', message: 'Something went wrong in the emulator.' } } };
}
