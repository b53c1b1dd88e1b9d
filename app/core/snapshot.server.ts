/**
 * What was derived from the tables, in a file: whoever starts next reads the file and then what has changed since, instead of all tables.
 * A file of another version of the product, of another database, too old or broken is not believed: the tables are.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import type { Numbers, Saved } from './columns.ts';

/** Raised when what is kept, or how, changes. */
const FORMAT = 2;
/** Read, written and summed up in one go: a few milliseconds. */
const PIECE = 1 << 22;
const KINDS = { i: Int32Array, f: Float64Array, b: Uint8Array, u: Uint32Array } as const;
type Kind = keyof typeof KINDS;

/** In the file's head, numbers stand as where they are in the order of the rows behind it. */
type Row = { kind: Kind; length: number };
type Head = { format: number; product: string; facts: Facts; rows: Row[]; tree: unknown };

/** Where it stands: what `facts` means is its writer's. */
export type Facts = Record<string, string | number>;

/** The built product is one file; run from its source, this one stands for all. */
let product: string | undefined;
const productNow = (): string => {
  product ??= createHash('sha256')
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .digest('hex');
  return product;
};

const kindOf = (row: Numbers): Kind =>
  row instanceof Int32Array ? 'i' : row instanceof Float64Array ? 'f' : row instanceof Uint32Array ? 'u' : 'b';
const isNumbers = (value: unknown): value is Numbers => ArrayBuffer.isView(value);
const bytesOf = ({ buffer, byteOffset, byteLength }: Numbers) => new Uint8Array(buffer, byteOffset, byteLength);

/** Nothing of what is saved may change before this is done. */
export async function writeSnapshot(file: string, saved: Saved, facts: Facts): Promise<void> {
  const rows: Numbers[] = [];
  const treeOf = (of: Saved): unknown =>
    Object.fromEntries(
      Object.entries(of).map(([name, value]) => {
        if (isNumbers(value)) return [name, { row: rows.push(value) - 1 }];
        return [
          name,
          typeof value === 'object' && value !== null && !Array.isArray(value) ? { of: treeOf(value as Saved) } : { plain: value },
        ];
      }),
    );
  const tree = treeOf(saved);
  const told = rows.map((row) => ({ kind: kindOf(row), length: row.length }));
  const head = Buffer.from(JSON.stringify({ format: FORMAT, product: productNow(), facts, rows: told, tree } satisfies Head));
  await mkdir(dirname(file), { recursive: true });
  // Whoever reads meanwhile reads the file before, and one that was left half-way never has the name.
  const making = `${file}.${randomUUID()}`;
  const handle = await open(making, 'w');
  try {
    let sum = crc32(head);
    await writeAll(handle, Buffer.from(new Float64Array([head.length]).buffer));
    await writeAll(handle, head);
    for (const row of rows) {
      const bytes = bytesOf(row);
      for (let from = 0; from < bytes.length; from += PIECE) {
        const piece = bytes.subarray(from, from + PIECE);
        sum = crc32(piece, sum);
        await writeAll(handle, piece);
      }
    }
    await writeAll(handle, Buffer.from(new Float64Array([sum]).buffer));
    await handle.sync();
    await handle.close();
    await rename(making, file);
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(making, { force: true });
    throw error;
  }
}

/** @returns null for a file that is not there; @throws for one that is not to be believed */
export async function readSnapshot(file: string): Promise<{ saved: Saved; facts: Facts } | null> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const [headLength = 0] = new Float64Array((await readAll(handle, 8)).buffer);
    const { size } = await handle.stat();
    if (!(headLength > 0 && headLength < size)) throw new Error('it has no head');
    const headBytes = await readAll(handle, headLength);
    let sum = crc32(headBytes);
    const head = JSON.parse(Buffer.from(headBytes.buffer).toString()) as Head;
    if (head.format !== FORMAT || head.product !== productNow()) throw new Error('another version of the product wrote it');
    const rows: Numbers[] = [];
    for (const { kind, length } of head.rows) {
      const bytes = await readAll(handle, length * KINDS[kind].BYTES_PER_ELEMENT);
      for (let from = 0; from < bytes.length; from += PIECE) sum = crc32(bytes.subarray(from, from + PIECE), sum);
      rows.push(new KINDS[kind](bytes.buffer));
    }
    const [written] = new Float64Array((await readAll(handle, 8)).buffer);
    if (written !== sum) throw new Error('its sum is wrong');
    const treeOf = (of: unknown): Saved =>
      Object.fromEntries(
        Object.entries(of as Record<string, { row: number } | { of: unknown } | { plain: null }>).map(([name, value]) => {
          if ('row' in value) return [name, rows[value.row]!];
          return [name, 'of' in value ? treeOf(value.of) : value.plain];
        }),
      );
    return { saved: treeOf(head.tree), facts: head.facts };
  } finally {
    await handle.close();
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await handle.write(bytes, done, bytes.length - done)).bytesWritten;
}

async function readAll(handle: FileHandle, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(new ArrayBuffer(length));
  for (let done = 0; done < length; ) {
    const { bytesRead } = await handle.read(bytes, done, Math.min(PIECE, length - done));
    if (bytesRead === 0) throw new Error('its end is missing');
    done += bytesRead;
  }
  return bytes;
}
