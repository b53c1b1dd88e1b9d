/** The files of an invoice: OFD and XML are the document, a PDF is a picture of it. Known by what they are, not by what they are called. */
import { SaxesParser } from 'saxes';
import yauzl from 'yauzl';
import { type CheckedFile, type FileFault, MOST_FILE_BYTES, plainName } from '#app/core/files.server.ts';

/** One of each kind. */
export const MOST_INVOICE_FILES = 3;
/** Together; what the form around them adds must still fit into the request. */
export const MOST_INVOICE_BYTES = 8 * 1024 * 1024;

export type InvoiceFileFault = FileFault | 'files_none' | 'files_twice' | 'files_together' | 'file_number';

/** GB/T 33190: an OFD package has this at its root. */
const OFD_ROOT = 'ofd.xml';
/** Names looked through in a package; an invoice has some dozens. */
const MOST_NAMES = 2_000;

type Checked = { file: CheckedFile } | { fault: InvoiceFileFault };

/**
 * One file. An XML has to name the invoice: the file of another one is the mistake that is made.
 * @param number of the invoice, 20 digits
 */
export async function checkInvoiceFile(name: string, bytes: Uint8Array, number: string): Promise<Checked> {
  if (bytes.length === 0) return { fault: 'file_empty' };
  if (bytes.length > MOST_FILE_BYTES) return { fault: 'file_too_large' };
  const start = (text: string) => Buffer.from(bytes.buffer, bytes.byteOffset, text.length).equals(Buffer.from(text, 'latin1'));
  const as = (type: string, ending: string) => ({ file: { name: plainName(name, ending), type, bytes } });
  if (start('%PDF-')) return as('application/pdf', '.pdf');
  if (start('PK\u0003\u0004')) return (await isOfd(bytes)) ? as('application/ofd', '.ofd') : { fault: 'file_kind' };
  const text = xmlText(bytes);
  if (text === null) return { fault: 'file_kind' };
  return text.includes(number) ? as('application/xml', '.xml') : { fault: 'file_number' };
}

/** All files of an invoice. */
export async function checkInvoiceFiles(
  files: readonly File[],
  number: string,
): Promise<{ files: CheckedFile[] } | { fault: InvoiceFileFault }> {
  if (files.length === 0) return { fault: 'files_none' };
  if (files.length > MOST_INVOICE_FILES) return { fault: 'files_twice' };
  if (files.reduce((sum, { size }) => sum + size, 0) > MOST_INVOICE_BYTES) return { fault: 'files_together' };
  const checked: CheckedFile[] = [];
  for (const one of files) {
    const found = await checkInvoiceFile(one.name, new Uint8Array(await one.arrayBuffer()), number);
    if ('fault' in found) return found;
    if (checked.some(({ type }) => type === found.file.type)) return { fault: 'files_twice' };
    checked.push(found.file);
  }
  return { files: checked };
}

function isOfd(bytes: Uint8Array): Promise<boolean> {
  return new Promise((resolve) => {
    yauzl.fromBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { lazyEntries: true }, (error, zip) => {
      if (error || !zip) return resolve(false);
      let seen = 0;
      zip.on('error', () => resolve(false));
      zip.on('end', () => resolve(false));
      zip.on('entry', (entry: yauzl.Entry) => {
        seen += 1;
        if (entry.fileName.toLowerCase() === OFD_ROOT) return resolve(true);
        if (seen >= MOST_NAMES) return resolve(false);
        zip.readEntry();
      });
      zip.readEntry();
    });
  });
}

/** The words and attributes of a well-formed XML; null for anything else, a page of HTML too. */
function xmlText(bytes: Uint8Array): string | null {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
  if (!text.trimStart().startsWith('<')) return null;
  const parser = new SaxesParser();
  const words: string[] = [];
  let good = true;
  parser.on('error', () => {
    good = false;
  });
  // What brings entities of its own along, or is a page for a browser, is no invoice.
  parser.on('doctype', () => {
    good = false;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (/^(?:\w+:)?(?:html|svg)$/i.test(name)) good = false;
    words.push(...Object.values(attributes as Record<string, string>));
  });
  parser.on('text', (said) => words.push(said));
  parser.on('cdata', (said) => words.push(said));
  try {
    parser.write(text).close();
  } catch {
    return null;
  }
  return good ? words.join('\n') : null;
}
