import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from './text-encoding.ts';

/** Each text of the encoding, made by reading its characters back: what Node only decodes. */
const encoders = new Map<string, Map<string, number[]>>();
function encoder(encoding: string): Map<string, number[]> {
  const known = encoders.get(encoding);
  if (known) return known;
  const map = new Map<string, number[]>();
  const decoder = new TextDecoder(encoding, { fatal: true });
  const learn = (...bytes: number[]) => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes));
      if ([...character].length === 1 && !map.has(character)) map.set(character, bytes);
    } catch {
      // No character.
    }
  };
  for (let byte = 0; byte < 256; byte += 1) learn(byte);
  if (encoding !== 'windows-1252')
    for (let lead = 0x81; lead < 0xff; lead += 1) for (let trail = 0x40; trail < 0xff; trail += 1) learn(lead, trail);
  encoders.set(encoding, map);
  return map;
}
const encode = (text: string, encoding: string) =>
  Buffer.from(
    [...text].flatMap((character) => {
      const bytes = encoder(encoding).get(character);
      if (!bytes) throw new Error(`${character} is not in ${encoding}`);
      return bytes;
    }),
  );

const CHINESE = '测量仪器名称,测量范围,扩展不确定度(k=2)\n外径千分尺,(0～25)mm,U=1.0μm\n温度计,(-40~150)℃,U=0.3℃\n';
const TRADITIONAL = '校正項目,量測範圍,最高校正能力\n外徑測微器,(0~25) mm,1.0 μm\n溫度計,(-40~150) ℃,0.3 ℃\n';
const GERMAN =
  'Messgröße;Messbereich;Messunsicherheit\nLänge;0,5 mm bis 100 mm;0,06 µm\nTemperatur;-40 °C bis 150 °C;± 0,3 °C\nGröße;½ Zoll;25 µm\n';
const FRENCH =
  'Objet soumis à étalonnage;Étendue de mesure;Incertitude élargie\nCale étalon;0,5 mm à 100 mm;± 0,06 µm\nThermomètre à résistance;-40 °C à 150 °C;0,3 °C\n';

describe('an encoding is told by its bytes', () => {
  it.each([
    ['utf-8', CHINESE],
    ['utf-8', GERMAN],
    ['gb18030', CHINESE],
    ['gb18030', 'Item,Range,U\nmicrometer,0～25mm,1μm\n'],
    ['gb18030', 'Item,Range,U\nthermometer,-40~150℃,±0.3℃\n'],
    ['gb18030', '压力表\n'],
    ['big5', TRADITIONAL],
    ['big5', '溫度計\n電壓錶,電流錶,校正範圍\n'],
    ['windows-1252', GERMAN],
    ['windows-1252', FRENCH],
    ['windows-1252', 'Item,Range,U\nmicrometer,0-25 mm,1 µm\n'],
    ['windows-1252', 'Item;Range;U\nthermometer;-40 °C to 150 °C;±0.3°C\n'],
    ['windows-1252', 'Ruler,½ in to 12 in,0.001 in\n'],
    ['windows-1252', 'Messgröße;Größe\n'],
    ['windows-1252', 'Gauge – “plain”,0–25 mm,25 µin\n'],
  ])('%s: %s', (encoding, text) => {
    const bytes = encoding === 'utf-8' ? Buffer.from(text) : encode(text, encoding);
    expect(decodeText(bytes)).toEqual({ text, encoding, brokenLines: [] });
  });

  it.each(['utf-16le', 'utf-16be'])('%s, marked or not', (encoding) => {
    const text = 'Item,Range,U\n千分尺,0-25 mm,1 µm\n';
    const bytes = (mark: string) => {
      const little = Buffer.from(mark + text, 'utf16le');
      return encoding === 'utf-16le' ? little : little.swap16();
    };
    expect(decodeText(bytes('\ufeff'))).toMatchObject({ text, encoding });
    expect(decodeText(bytes(''))).toMatchObject({ text, encoding });
  });
});

describe('a wrong byte', () => {
  const broken = (text: string, at: number, ...bytes: number[]) => {
    const whole = Buffer.from(text);
    return Buffer.concat([whole.subarray(0, at), Buffer.from(bytes), whole.subarray(at + bytes.length)]);
  };
  it('does not make another encoding of UTF-8: the line is named', () => {
    const whole = Buffer.from(CHINESE);
    for (const cut of [1, 2, 4]) {
      const read = decodeText(whole.subarray(0, whole.length - 1 - cut));
      expect(read?.encoding).toBe('utf-8');
      expect(read?.text.split('\n')[1]).toBe(CHINESE.split('\n')[1]);
    }
    const middle = decodeText(broken(CHINESE, Buffer.from(CHINESE).indexOf('千'), 0xff));
    expect(middle).toMatchObject({ encoding: 'utf-8', brokenLines: [2] });
    expect(decodeText(Buffer.from(GERMAN).subarray(0, Buffer.from(GERMAN).indexOf('µ') + 1))?.encoding).toBe('utf-8');
    // Its only character that is not ASCII is the one that was cut.
    expect(decodeText(Buffer.concat([Buffer.from('Item,U\nmicrometer,1 '), Buffer.from([0xc2])]))).toMatchObject({
      encoding: 'utf-8',
      brokenLines: [2],
    });
  });

  it('is named in Chinese of two bytes too', () => {
    const bytes = encode(CHINESE.repeat(5), 'gb18030');
    const at = bytes.indexOf(0x0a) - 1;
    bytes[at] = 0xff;
    expect(decodeText(bytes)).toMatchObject({ encoding: 'gb18030', brokenLines: [1] });
  });

  it('and noise is no text', () => {
    expect(decodeText(Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x80, 0x0a]))).toBeUndefined();
    expect(decodeText(Buffer.from('a\u0000b'))).toBeUndefined();
  });
});

it('whatever stands in it, UTF-8 stays UTF-8', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      fc.pre(!text.includes('\u0000') && !text.includes('\ufeff') && !text.includes('\ufffd'));
      expect(decodeText(Buffer.from(text))).toMatchObject({ text, encoding: 'utf-8' });
    }),
  ));
