import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { Problem } from '#app/core/problem.ts';

/** More than the largest form of a page has; each costs time, and nine million bytes could hold a hundred thousand. */
const MOST_PARTS = 2_000;
const LONGEST_NAME = 100;

export const isMultipart = (req: IncomingMessage): boolean => /^multipart\/form-data\b/i.test(req.headers['content-type'] ?? '');

/**
 * Reads a form with files as it arrives: what is kept is the form, and no second copy of the body around it.
 * @param limit bytes of the whole body
 * @throws Problem too_large; bad_request for parts that cannot be told apart, and for more of them than a page of ours sends
 */
export async function readMultipart(req: IncomingMessage, limit: number): Promise<FormData> {
  if (Number(req.headers['content-length'] ?? 0) > limit) throw new Problem('too_large');
  const form = new FormData();
  const parts = partsOf(req, limit);
  let refused: Problem | undefined;
  const refuse = (problem: Problem) => {
    refused ??= problem;
    parts.destroy(problem);
  };
  let size = 0;
  const found: { name: string; value: string | Blob[]; file?: { name: string; type: string } }[] = [];
  parts.on('field', (name, value, cutName, cutValue) => {
    if (cutName || cutValue) refuse(new Problem('bad_request'));
    else found.push({ name, value });
  });
  parts.on('file', (name, stream, fileName, _encoding, type) => {
    const kept: Blob[] = [];
    found.push({
      name,
      value: kept, // A quotation mark in a name is sent so (WHATWG HTML, multipart form data).
      file: { name: (fileName ?? '').replaceAll('%22', '"'), type },
    });
    // Blobs lie outside the heap, and the file made of them shares their bytes.
    stream.on('data', (chunk: Buffer) => void kept.push(new Blob([new Uint8Array(chunk)])));
    stream.on('error', () => refuse(new Problem('bad_request')));
  });
  for (const passed of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) parts.on(passed, () => refuse(new Problem('bad_request')));
  const counted = async function* () {
    for await (const chunk of req.iterator({ destroyOnReturn: false })) {
      size += (chunk as Buffer).length;
      if (size > limit) throw new Problem('too_large');
      yield chunk;
    }
  };
  try {
    await pipeline(counted, parts);
  } catch (error) {
    if (refused) throw refused;
    if (error instanceof Problem) throw error;
    // The client has left: nobody reads an answer.
    if (req.destroyed && !req.complete) throw error;
    throw new Problem('bad_request', {}, { cause: error });
  }
  for (const { name, value, file } of found) {
    if (file && Array.isArray(value)) form.append(name, new File(value, file.name, { type: file.type }));
    else form.append(name, String(value));
  }
  return form;
}

/** @throws Problem bad_request for a content type without a boundary */
function partsOf(req: IncomingMessage, limit: number): BusboyInstance {
  try {
    return new Busboy({
      headers: { ...req.headers, 'content-type': req.headers['content-type'] ?? '' },
      limits: {
        parts: MOST_PARTS,
        fieldNameSize: LONGEST_NAME + 1,
        fieldSize: limit,
        fileSize: limit,
        headerPairs: 20,
        headerSize: 16 * 1024,
      },
    });
  } catch (cause) {
    throw new Problem('bad_request', {}, { cause });
  }
}
