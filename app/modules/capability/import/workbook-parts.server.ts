/**
 * The container of a workbook, with a bound on everything: a few kilobytes can unfold to gigabytes. Parts are found by their relationships and
 * their names compared without case (ECMA-376 part 2); makers put them where they like.
 */
import { SaxesParser } from 'saxes';
import yauzl from 'yauzl';
import { WorkbookError } from './workbook-error.ts';

/** Unfolded, all parts read together. */
const MOST_UNFOLDED = 80 * 1024 * 1024;
const MOST_PARTS = 500;
/** Elements within elements: what people make has fifteen at most, and every reader walks down them. */
const DEEPEST = 200;

export interface Parts {
  names: readonly string[];
  /** The text of a part; undefined when there is none of the name. */
  read(name: string): Promise<string | undefined>;
}

/** @throws WorkbookError */
export async function openParts(bytes: Uint8Array): Promise<Parts> {
  const { zip, entries } = await listParts(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  let left = MOST_UNFOLDED;
  const read = (name: string) => {
    const entry = entries.get(name.toLowerCase());
    if (!entry) return Promise.resolve(undefined);
    if (entry.uncompressedSize > left) throw new WorkbookError('excel_bomb');
    return unfold(zip, entry, (size) => {
      left -= size;
      return left >= 0;
    });
  };
  return { names: [...entries.keys()], read };
}

function listParts(bytes: Buffer): Promise<{ zip: yauzl.ZipFile; entries: Map<string, yauzl.Entry> }> {
  return new Promise((resolve, reject) => {
    const broken = () => reject(new WorkbookError('broken_excel'));
    yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error || !zip) return broken();
      const entries = new Map<string, yauzl.Entry>();
      let count = 0;
      zip.on('error', broken);
      zip.on('end', () => resolve({ zip, entries }));
      zip.on('entry', (entry: yauzl.Entry) => {
        count += 1;
        if (count > MOST_PARTS) return reject(new WorkbookError('excel_bomb'));
        const name = entry.fileName.toLowerCase();
        if (!entries.has(name)) entries.set(name, entry);
        zip.readEntry();
      });
      zip.readEntry();
    });
  });
}

function unfold(zip: yauzl.ZipFile, entry: yauzl.Entry, allow: (size: number) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const broken = () => reject(new WorkbookError('broken_excel'));
    zip.openReadStream(entry, (failed, stream) => {
      if (failed || !stream) return broken();
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        if (allow(chunk.length)) chunks.push(chunk);
        else {
          stream.destroy();
          reject(new WorkbookError('excel_bomb'));
        }
      });
      stream.on('error', broken);
      stream.on('end', () => resolve(textOf(Buffer.concat(chunks))));
    });
  });
}

/** Parts are UTF-8, or UTF-16 with its mark. */
function textOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le').slice(1);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(bytes).swap16().toString('utf16le').slice(1);
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

type Attributes = Readonly<Record<string, string>>;

/** Walks a part; what is no well-formed XML, or brings entities of its own along, is broken. Prefixes differ between makers: x:row is row. */
export function walk(
  xml: string,
  on: { open?(name: string, attributes: Attributes): void; text?(text: string): void; close?(name: string): void },
): void {
  const parser = new SaxesParser();
  const broken = () => {
    throw new WorkbookError('broken_excel');
  };
  const local = (name: string) => name.slice(name.indexOf(':') + 1);
  parser.on('error', broken);
  parser.on('doctype', broken);
  let depth = 0;
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth > DEEPEST) throw new WorkbookError('excel_bomb');
    on.open?.(local(name), attributes as Attributes);
  });
  parser.on('text', (text) => on.text?.(text));
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    on.close?.(local(name));
  });
  parser.write(xml).close();
}

interface Relationship {
  id: string;
  /** Last word of its type: `worksheet`, also in the strict form of the standard. */
  type: string;
  target: string;
}

/** What a part points to inside the container. */
export async function relationshipsOf(parts: Parts, part: string): Promise<Relationship[]> {
  const at = part.lastIndexOf('/') + 1;
  const xml = await parts.read(`${part.slice(0, at)}_rels/${part.slice(at)}.rels`);
  const found: Relationship[] = [];
  if (xml === undefined) return found;
  walk(xml, {
    open: (name, { Id = '', Type = '', Target = '', TargetMode }) => {
      if (name !== 'Relationship' || TargetMode === 'External') return;
      found.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target: resolved(part.slice(0, at), Target) });
    },
  });
  return found;
}

/** `../x` and `/x` from a folder of the container. */
function resolved(folder: string, target: string): string {
  const path = target.replaceAll('\\', '/');
  const steps = (path.startsWith('/') ? path : folder + path).split('/');
  const kept: string[] = [];
  for (const step of steps) {
    if (step === '..') kept.pop();
    else if (step !== '' && step !== '.') kept.push(step);
  }
  return kept.join('/');
}
