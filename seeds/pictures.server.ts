/** Pictures of the demonstration: drawn, not taken, for there is nothing to take. */
import { eq, inArray } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { referToFiles } from '#app/core/file-use.server.ts';
import { type FileStore, keepFile } from '#app/core/files.server.ts';
import { checkPicture } from '#app/core/picture.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { storedFile } from '#db/schema/core.ts';
import { organisationId, personId } from './people.ts';
import { serviceId } from './services.ts';

const [WIDE, HIGH] = [1200, 900];
const scene = (...shapes: string[]) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDE}" height="${HIGH}"><rect width="${WIDE}" height="${HIGH}" fill="#e9eeec"/><rect y="640" width="${WIDE}" height="260" fill="#c9d3cf"/>${shapes.join('')}</svg>`;
const block = (x: number, width: number, height: number, fill = '#8fa39c') =>
  `<rect x="${x}" y="${640 - height}" width="${width}" height="${height}" rx="4" fill="${fill}" stroke="#3c524b" stroke-width="4"/>`;
const scale = (x: number, y: number, marks: number) =>
  Array.from(
    { length: marks },
    (_, i) => `<rect x="${x + i * 14}" y="${y}" width="3" height="${i % 5 === 0 ? 34 : 20}" fill="#22332d"/>`,
  ).join('');

/** A set of gauge blocks, and a micrometer at one. */
const BLOCKS = scene(...[0, 1, 2, 3, 4, 5].map((i) => block(180 + i * 140, 90, 120 + i * 60, i === 2 ? '#0b6b5c' : undefined)));
const MICROMETER = scene(
  '<path d="M260 300 h130 v250 a150 150 0 0 0 300 0 v-190 h130" fill="none" stroke="#3c524b" stroke-width="70"/>',
  '<rect x="390" y="265" width="150" height="60" fill="#8fa39c"/><rect x="600" y="265" width="90" height="60" fill="#8fa39c"/>',
  '<rect x="540" y="235" width="60" height="120" fill="#0b6b5c"/><rect x="690" y="250" width="250" height="90" fill="#b9c7c1"/>',
  '<rect x="880" y="225" width="160" height="140" rx="10" fill="#6e857d"/>',
  scale(700, 270, 12),
);
const OF = 'external-micrometer-gusu-precision';

/** Brought, drawn anew and put on sale as a centre's own pictures are. */
export async function seedPictures(deps: Pick<Deps, 'db' | 'clock'> & { files: FileStore }): Promise<void> {
  // Loaded when a demonstration is filled, and not before.
  const { default: sharp } = await import('sharp');
  const owner = { organisationId: organisationId('gusu-precision'), personId: personId('gusu@demo.hengji.example') };
  const pictures: string[] = [];
  for (const [name, svg] of [
    ['示范 千分尺', MICROMETER],
    ['示范 量块', BLOCKS],
  ] as const) {
    const picture = await checkPicture(`${name}.png`, await sharp(Buffer.from(svg)).png().toBuffer());
    if ('fault' in picture) throw new Error(picture.fault);
    pictures.push(await keepFile(deps, picture, owner, 'listing'));
  }
  await deps.db.write(async (tx) => {
    await tx.update(storedFile).set({ audience: 'public' }).where(inArray(storedFile.id, pictures));
    await tx
      .update(service)
      .set({ pictures })
      .where(eq(service.id, serviceId(OF)));
    await referToFiles(tx, { kind: 'service', id: serviceId(OF) }, pictures);
  });
}
