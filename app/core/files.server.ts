/** Files people bring: checked by what they are, kept under an id outside the tables, given back to their organisation alone. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { eq } from 'drizzle-orm';
import { type Audience, storedFile } from '#db/schema/core.ts';
import type { Deps } from './deps.ts';
import { asId, newId } from './ids.server.ts';
import { Problem } from './problem.ts';

/** Where the bytes are. */
export interface FileStore {
  put(id: string, bytes: Uint8Array): Promise<void>;
  /** Undefined when there is none. */
  get(id: string): Promise<Uint8Array | undefined>;
  remove(id: string): Promise<void>;
}

/** Where a file lies in the folder. */
export const folderKey = (id: string) => `${id.slice(-2)}/${id}`;

/** A folder of this machine; several processes need one they share. */
export function folderStore(folder: string): FileStore {
  const place = (id: string) => {
    if (!/^[\w-]{1,64}$/.test(id)) throw new RangeError(`no file's id: ${id}`);
    const path = join(folder, folderKey(id));
    return { folder: dirname(path), path };
  };
  return {
    async put(id, bytes) {
      const { folder: at, path } = place(id);
      await mkdir(at, { recursive: true });
      try {
        await writeFile(path, bytes, { flag: 'wx' });
      } catch (error) {
        // Half a file takes room where there is none.
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(path, { force: true }).catch(() => {});
        throw error;
      }
    },
    async get(id) {
      return readFile(place(id).path).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
    },
    remove: (id) => rm(place(id).path, { force: true }),
  };
}

export const MOST_FILE_BYTES = 5 * 1024 * 1024;
const MOST_NAME = 120;

/** By their first bytes: what a name or a browser says of a file is not believed. */
const KINDS: [type: string, ending: string, start: number[]][] = [
  ['application/pdf', '.pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', '.png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', '.jpg', [0xff, 0xd8, 0xff]],
];

export type FileFault = 'file_empty' | 'file_too_large' | 'file_kind';
export type CheckedFile = { name: string; type: string; bytes: Uint8Array };

/** A PDF, PNG or JPEG of at most 5 MB, where nothing else is said. */
export function checkFile(
  name: string,
  bytes: Uint8Array,
  { most = MOST_FILE_BYTES, only }: { most?: number; only?: string } = {},
): CheckedFile | { fault: FileFault } {
  if (bytes.length === 0) return { fault: 'file_empty' };
  if (bytes.length > most) return { fault: 'file_too_large' };
  const kind = KINDS.find(([type, , start]) => (only === undefined || type === only) && start.every((byte, i) => bytes[i] === byte));
  if (!kind) return { fault: 'file_kind' };
  const [type, ending] = kind;
  return { name: plainName(name, ending), type, bytes };
}

/** Without what cannot be seen or means something to a disk, and ending as what it is. */
export function plainName(name: string, ending: string): string {
  const plain = name
    .replaceAll(/[\p{Cc}\p{Cf}\\/:*?"<>|]/gu, '')
    .replace(/\.[^.]*$/, '')
    .slice(-MOST_NAME);
  return (plain || 'file') + ending;
}

/** Whose file it is, and who brought it. */
export type FileOwner = { organisationId: string; personId: string };

/**
 * Puts a file down: first the row, then its bytes, so that a file nothing came to refer to is known and can be taken away. Whoever refers
 * to it does so afterwards, in a transaction of its own.
 */
export async function keepFile(
  { db, clock, files }: Pick<Deps, 'db' | 'clock'> & { files: FileStore },
  { name, type, bytes }: CheckedFile,
  { organisationId, personId }: FileOwner,
  audience: Audience = 'own',
): Promise<string> {
  const id = newId();
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const row = { id, organisationId, personId, audience, name, type, size: bytes.length, sha256, createdAt: clock() };
  await db.write(async (tx) => {
    await tx.insert(storedFile).values(row);
  });
  await files.put(id, bytes);
  return id;
}

/**
 * A file of an organisation, for a page of its own that has judged who asks.
 * @throws Problem not_found for files of others, and for one whose bytes are gone or are not what was stored
 */
export const readStored = (deps: Pick<Deps, 'db'> & { files: FileStore }, organisationId: string, id: string): Promise<CheckedFile> =>
  read(deps, id, (row) => row.organisationId === organisationId);

/**
 * A file by its address alone: what is on sale for anybody, what is to be put on sale for its organisation. Evidence has no address.
 * @param organisationId of who asks; null for a visitor
 * @throws Problem not_found
 */
export async function readShown(
  deps: Pick<Deps, 'db'> & { files: FileStore },
  organisationId: string | null,
  id: string,
): Promise<CheckedFile & { audience: Audience }> {
  let audience: Audience = 'own';
  const file = await read(deps, id, (row) => {
    audience = row.audience;
    return audience === 'public' || (audience === 'listing' && row.organisationId === organisationId);
  });
  return { ...file, audience };
}

type Row = typeof storedFile.$inferSelect;

async function read(
  { db, files }: Pick<Deps, 'db'> & { files: FileStore },
  id: string,
  allows: (row: Row) => boolean,
): Promise<CheckedFile> {
  const [row] = await db.read((q) =>
    q
      .select()
      .from(storedFile)
      .where(eq(storedFile.id, asId(id))),
  );
  const bytes = row && allows(row) && (await files.get(row.id));
  if (!row || !bytes || createHash('sha256').update(bytes).digest('hex') !== row.sha256) throw new Problem('not_found');
  return { name: row.name, type: row.type, bytes };
}
