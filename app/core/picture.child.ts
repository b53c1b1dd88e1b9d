/** What a process does that draws pictures (picture.server.ts), and nothing else. */
import sharp from 'sharp';

/** Pixels of the longer side that a page has use for. */
const LONGEST_SIDE = 1600;
/** Above it a picture is no photo but a way to fill the memory. */
const MOST_PIXELS = 50_000_000;
const LONGEST_SECONDS = 3;

sharp.cache(false);
sharp.concurrency(1);

/** Upright, at most 1600 pixels long, as WebP, without anything else the file carried. */
export default async (bytes: Uint8Array): Promise<Uint8Array> =>
  await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error' })
    .timeout({ seconds: LONGEST_SECONDS })
    .autoOrient()
    .resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82 })
    .toBuffer();
