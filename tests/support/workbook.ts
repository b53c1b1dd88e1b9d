/** An .xlsx container written by hand, so that tests can make good ones and bad ones. */
import { crc32, deflateRawSync } from 'node:zlib';

type Part = { name: string; data: Buffer /** What the directory claims, when it lies. */; claimed?: number };

export function zip(parts: Part[]): Uint8Array {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, claimed = data.length } of parts) {
    const packed = deflateRawSync(data);
    const title = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claimed, 18);
    fields.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, title, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), fields, tail, title]));
    bodies.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listed, end]);
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const letter = (column: number) => String.fromCharCode(65 + column);

/** Sheets of texts (shared strings), numbers (as they are), and merges such as `A2:A4`. */
export function workbook(sheets: { rows: (string | number)[][]; merges?: string[]; extra?: string }[]): Uint8Array {
  const strings: string[] = [];
  const parts = sheets.map(({ rows, merges = [], extra = '' }, i) => {
    const body = rows
      .map((cells, r) => {
        const inside = cells.map((cell, c) => {
          const at = `${letter(c)}${r + 1}`;
          if (cell === '') return '';
          return typeof cell === 'number' ? `<c r="${at}"><v>${cell}</v></c>` : `<c r="${at}" t="s"><v>${strings.push(cell) - 1}</v></c>`;
        });
        return `<row r="${r + 1}">${inside.join('')}</row>`;
      })
      .join('');
    const merged = merges.length > 0 ? `<mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>` : '';
    const xml = `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${body}${extra}</sheetData>${merged}</worksheet>`;
    return { name: `xl/worksheets/sheet${i + 1}.xml`, data: Buffer.from(xml) };
  });
  const shared = `<?xml version="1.0" encoding="UTF-8"?><sst>${strings.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`;
  return zip([
    { name: '[Content_Types].xml', data: Buffer.from('<Types/>') },
    ...parts,
    { name: 'xl/sharedStrings.xml', data: Buffer.from(shared) },
  ]);
}
