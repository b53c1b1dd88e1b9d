import { describe, expect, it } from 'vitest';
import { checkInvoiceFile, checkInvoiceFiles } from './invoice-file.server.ts';

const NUMBER = '26322000000012345678';
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'utf8'));
const xml = (number = NUMBER) => `<?xml version="1.0" encoding="UTF-8"?>\n<EInvoice><Header><EIid>${number}</EIid></Header></EInvoice>`;
const check = (content: string | Uint8Array, name = '发票.bin') =>
  checkInvoiceFile(name, typeof content === 'string' ? bytes(content) : content, NUMBER);

/** A zip with empty, stored parts of these names. */
function zip(...names: string[]): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const name of names) {
    const local = Buffer.alloc(30 + name.length);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    local.write(name, 30);
    const entry = Buffer.alloc(46 + name.length);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    entry.write(name, 46);
    at += local.length;
    locals.push(local);
    central.push(entry);
  }
  const size = central.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 8);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...locals, ...central, end]));
}

describe('file of an invoice', () => {
  it('is an OFD, an XML that names it, or a PDF, whatever it is called', async () => {
    expect(await check('%PDF-1.7\n…')).toMatchObject({ file: { name: '发票.pdf', type: 'application/pdf' } });
    expect(await check(zip('OFD.xml', 'Doc_0/Document.xml'))).toMatchObject({ file: { name: '发票.ofd', type: 'application/ofd' } });
    expect(await check(xml())).toMatchObject({ file: { name: '发票.xml', type: 'application/xml' } });
    expect(await check(`\ufeff${xml()}`)).toMatchObject({ file: { type: 'application/xml' } });
    expect(await check(`<a n="${NUMBER}"/>`)).toMatchObject({ file: { type: 'application/xml' } });
  });

  it.each([
    ['nothing', '', 'file_empty'],
    ['another zip', zip('word/document.xml'), 'file_kind'],
    ['half a zip', zip('OFD.xml').slice(0, 40), 'file_kind'],
    ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'file_kind'],
    ['text', `发票号码 ${NUMBER}`, 'file_kind'],
    ['broken XML', `<a><b>${NUMBER}</a>`, 'file_kind'],
    ['a web page', `<!doctype html><html><body>${NUMBER}</body></html>`, 'file_kind'],
    ['a drawing that may run', `<svg xmlns="http://www.w3.org/2000/svg"><text>${NUMBER}</text></svg>`, 'file_kind'],
    ['entities', `<!DOCTYPE a [<!ENTITY b "c">]><a>${NUMBER}&b;</a>`, 'file_kind'],
    ['not UTF-8', new Uint8Array([0x3c, 0x61, 0xff, 0xfe, 0x3e]), 'file_kind'],
    ['the XML of another invoice', xml('26322000000000000000'), 'file_number'],
    ['5 MB and more', new Uint8Array(5 * 1024 * 1024 + 1), 'file_too_large'],
  ])('is not %s', async (_, content, fault) => {
    expect(await check(content)).toEqual({ fault });
  });

  it('is one of each kind', async () => {
    const pdf = new File([bytes('%PDF-1.7')], 'a.pdf');
    const said = new File([bytes(xml())], 'a.xml');
    expect(await checkInvoiceFiles([], NUMBER)).toEqual({ fault: 'files_none' });
    expect(await checkInvoiceFiles([pdf, pdf], NUMBER)).toEqual({ fault: 'files_twice' });
    expect(await checkInvoiceFiles([pdf, said], NUMBER)).toMatchObject({ files: [{ name: 'a.pdf' }, { name: 'a.xml' }] });
  });
});
