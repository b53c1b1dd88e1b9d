/** Which files a database refers to, as lines of JSON: the copy of a database holds no files, and says by this which belong to it. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { FileRow } from '#db/backup/back-up.server.ts';
import type { fileStoreOf } from '../file-store.server.ts';

type Place = ReturnType<typeof fileStoreOf>;

const lineSchema = z.object({ key: z.string(), size: z.number(), sha256: z.string() });
export type ManifestLine = z.output<typeof lineSchema>;

/** The list's place: beside the copy. */
export const manifestOf = (file: string) => `${file}.files.jsonl`;

export const listed = (files: FileRow[], { keyOf }: Place): ManifestLine[] =>
  files.map(({ id, size, sha256 }) => ({ key: keyOf(id), size: Number(size), sha256 }));

export function writeManifest(file: string, lines: ManifestLine[]): void {
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''), { flag: 'wx' });
}

/** @throws Error in words for people */
export function readManifest(file: string): ManifestLine[] {
  const text = readFileSync(file, 'utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line, i) => {
      const parsed = lineSchema.safeParse(asJson(line));
      if (!parsed.success) throw new Error(`line ${i + 1} of ${file} is no line of a list of files`);
      return parsed.data;
    });
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const AT_ONCE = 8;

export type Missing = { key: string; fault: 'missing' | 'changed' };

/** Looks at every file where the settings say files are: there, and byte for byte what was brought. */
export async function missingFiles(lines: ManifestLine[], { store }: Place): Promise<Missing[]> {
  const found: Missing[] = [];
  const queue = [...lines];
  const look = async () => {
    for (let line = queue.shift(); line; line = queue.shift()) {
      const bytes = await store.get(line.key.split('/').at(-1) ?? '');
      if (!bytes) found.push({ key: line.key, fault: 'missing' });
      else if (createHash('sha256').update(bytes).digest('hex') !== line.sha256) found.push({ key: line.key, fault: 'changed' });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, look));
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}
