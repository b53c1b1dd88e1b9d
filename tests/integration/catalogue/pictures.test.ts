import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { type CheckedFile, checkFile, type FileStore, keepFile, MOST_FILE_BYTES, readShown, readStored } from '#app/core/files.server.ts';
import { forgetFiles } from '#app/core/forget-files.server.ts';
import { checkPicture } from '#app/core/picture.server.ts';
import { bringPictures, MOST_A_DAY } from '#app/modules/catalogue/listing/bring-pictures.server.ts';
import { filesOf } from '#app/modules/catalogue/listing/files-of.server.ts';
import type { ListingContent } from '#app/modules/catalogue/listing/listing-content.ts';
import { publishListing } from '#app/modules/catalogue/listing/publish-listing.server.ts';
import { discardListing, saveListing } from '#app/modules/catalogue/listing/save-listing.server.ts';
import { viewListing } from '#app/modules/catalogue/listing/view-listing.server.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { removeAccreditation, saveAccreditation } from '#app/modules/centres/accreditation/save-accreditation.server.ts';
import { storedFile } from '#db/schema/core.ts';
import { testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';

const HOUR = 3_600_000;
const PDF = Buffer.from('%PDF-1.7\n%%EOF');
const photo = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: { r: 11, g: 107, b: 92 } } });

async function centre() {
  const bytes = new Map<string, Uint8Array>();
  const files: FileStore = {
    put: async (id, put) => void bytes.set(id, put),
    get: async (id) => bytes.get(id),
    remove: async (id) => void bytes.delete(id),
  };
  const deps = { ...(await testDeps()), files };
  const m = await seedMarket(deps.db, { service: { family: 'testing', specification: 'GB/T 2423.3', summaryZh: '说明' } });
  const keep = async (name: string, content: Uint8Array, actor = m.manager) => {
    const checked = await checkPicture(name, content);
    if ('fault' in checked) throw new Error(checked.fault);
    return keepFile(deps, checked, actor, 'listing');
  };
  const { content } = await viewListing(deps, m.manager, m.service.id);
  const input = async (change: Partial<ListingContent>, revision = 0) => ({
    serviceId: m.service.id,
    content: { ...content, ...change },
    revision,
    version: (await viewListing(deps, m.manager, m.service.id)).published?.version ?? 0,
  });
  return { deps, m, bytes, keep, input };
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    ({ code, facts }: { code?: string; facts?: Record<string, string> }) => [code, facts?.field, facts?.reason].filter(Boolean).join(' '),
  );

describe('a picture', () => {
  it('is drawn anew: upright, no larger than a page needs, without the place it was taken at', async () => {
    const jpeg = await photo(3000, 2000)
      .withExif({ IFD3: { GPSLatitude: '31/1 18/1 0/1', GPSLatitudeRef: 'N' }, IFD0: { Copyright: 'somebody' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const checked = (await checkPicture('台\u202e面.JPG', jpeg)) as CheckedFile;
    expect(checked).toMatchObject({ name: '台面.webp', type: 'image/webp' });
    const { width, height, format, exif, orientation } = await sharp(checked.bytes).metadata();
    expect({ width, height, format, exif, orientation }).toEqual({
      width: 1067,
      height: 1600,
      format: 'webp',
      exif: undefined,
      orientation: undefined,
    });
  });

  it('of any of three kinds, and a document as it is', async () => {
    for (const bytes of [
      await photo(40, 30).jpeg().toBuffer(),
      await photo(40, 30).png().toBuffer(),
      await photo(40, 30).webp().toBuffer(),
    ]) {
      const checked = (await checkPicture('a.bin', bytes)) as CheckedFile;
      expect(await sharp(checked.bytes).metadata()).toMatchObject({ width: 40, height: 30, format: 'webp' });
    }
    expect(await checkPicture('说明.exe', PDF)).toEqual({ name: '说明.pdf', type: 'application/pdf', bytes: PDF });
  });

  it('carries nothing along that is no picture', async () => {
    const bytes = Buffer.concat([await photo(40, 30).png().toBuffer(), Buffer.from('<script>alert(1)</script>')]);
    const checked = (await checkPicture('a.png', bytes)) as CheckedFile;
    expect(Buffer.from(checked.bytes).includes('script')).toBe(false);
  });

  it('that is none, is cut short, or would fill the memory is refused', async () => {
    const whole = await photo(400, 300).jpeg().toBuffer();
    const fault = async (bytes: Uint8Array) => {
      const checked = await checkPicture('a', bytes);
      return 'fault' in checked ? checked.fault : checked.type;
    };
    expect(await fault(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBe('file_kind');
    expect(await fault(Buffer.from('GIF89a'))).toBe('file_kind');
    expect(await fault(new Uint8Array())).toBe('file_empty');
    expect(await fault(whole.subarray(0, whole.length / 2))).toBe('picture_broken');
    expect(await fault(Buffer.concat([whole.subarray(0, 20), Buffer.alloc(200)]))).toBe('picture_broken');
    expect(await fault(Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP'), Buffer.alloc(100)]))).toBe('picture_broken');
    // Passes without end, each as dear as the whole.
    const progressive = await photo(64, 64).jpeg({ progressive: true }).toBuffer();
    const passes = Buffer.concat([
      progressive.subarray(0, -2),
      ...Array(40).fill(Buffer.from('ffda000c03010002110311003f00', 'hex')),
      progressive.subarray(-2),
    ]);
    expect(await fault(passes)).toBe('picture_broken');
    const bomb = await photo(9000, 9000).png().toBuffer();
    expect(bomb.length).toBeLessThan(MOST_FILE_BYTES);
    expect(await fault(bomb)).toBe('picture_broken');
  });
});

it('pictures wait their turn, and not without end', async () => {
  const bytes = await photo(1200, 900).png().toBuffer();
  const answers = await Promise.all(Array.from({ length: 20 }, () => checkPicture('a.png', bytes)));
  const said = answers.map((answer) => ('fault' in answer ? answer.fault : answer.type));
  expect([...new Set(said)].sort()).toEqual(['image/webp', 'picture_busy']);
  expect(said.filter((one) => one === 'image/webp')).toHaveLength(16);
  expect(await checkPicture('a.png', bytes)).toMatchObject({ type: 'image/webp' });
});

describe('pictures of a service', () => {
  it('are its own members’ until it is published, then everybody’s, and no more when they are taken off', async () => {
    const { deps, m, keep, input } = await centre();
    const [one, other] = [await keep('a.png', await photo(40, 30).png().toBuffer()), await keep('b.pdf', PDF)];
    await saveListing(deps, m.technician, await input({ pictures: [other, one] }), 'draft');
    expect(await refusal(readShown(deps, null, one))).toBe('not_found');
    expect(await refusal(readShown(deps, m.buyers[0]?.organisationId ?? '', one))).toBe('not_found');
    expect((await readShown(deps, m.manager.organisationId, one)).audience).toBe('listing');
    await publishListing(deps, m.manager, await input({ pictures: [other, one] }, 1));
    const catalogue = await loadCatalogue(deps).current();
    expect(catalogue.services.get(m.service.id)?.pictures).toEqual([other, one]);
    expect((await readShown(deps, null, one)).audience).toBe('public');
    expect((await filesOf(deps, 'public', [other, one])).map(({ name }) => name)).toEqual(['b.pdf', 'a.webp']);
    await publishListing(deps, m.manager, await input({ pictures: [other] }));
    expect(await refusal(readShown(deps, null, one))).toBe('not_found');
    expect((await readShown(deps, null, other)).name).toBe('b.pdf');
  });

  it('are files of the own centre, of a kind that is shown, and not too many', async () => {
    const { deps, m, keep, input } = await centre();
    const stranger = await seedMarket(deps.db);
    const theirs = await keep('a.pdf', PDF, stranger.manager);
    expect(await refusal(saveListing(deps, m.manager, await input({ pictures: [theirs] }), 'draft'))).toBe('invalid_form pictures gone');
    expect(await refusal(publishListing(deps, m.manager, await input({ pictures: [theirs] })))).toBe('invalid_form pictures gone');
    // Evidence is kept for those whose pages show them: not to be put on sale, and without an address.
    const evidence = await keepFile(deps, checkFile('licence.pdf', PDF) as CheckedFile, m.manager);
    expect(await refusal(publishListing(deps, m.manager, await input({ pictures: [evidence] })))).toBe('invalid_form pictures gone');
    expect(await refusal(readShown(deps, m.manager.organisationId, evidence))).toBe('not_found');
    expect(await refusal(publishListing(deps, m.manager, await input({ pictures: ['../etc/passwd'] })))).toBe('invalid_form pictures gone');
    expect((await readShown(deps, stranger.manager.organisationId, theirs)).audience).toBe('listing');
  });

  it('shown by two services stay while one of them shows them', async () => {
    const { deps, m, keep, input } = await centre();
    const id = await keep('a.pdf', PDF);
    const other = { ...(await input({ pictures: [id], nameZh: '另一项' })), serviceId: null, version: 0 };
    await publishListing(deps, m.manager, await input({ pictures: [id] }));
    const { serviceId } = await publishListing(deps, m.manager, other);
    await publishListing(deps, m.manager, await input({ pictures: [] }));
    expect((await readShown(deps, null, id)).audience).toBe('public');
    await publishListing(deps, m.manager, { ...(await input({ pictures: [] })), serviceId, version: 1 });
    expect(await refusal(readShown(deps, null, id))).toBe('not_found');
  });

  it('are brought by who drafts listings, for services of the own centre, and not without end', async () => {
    const { deps, m, input } = await centre();
    const stranger = await seedMarket(deps.db);
    const one = [{ name: 'a.pdf', bytes: async () => new Uint8Array(PDF) }];
    for (const role of ['finance', 'scheduler'] as const) {
      const actor = { ...m.technician, role };
      expect(await refusal(bringPictures(deps, actor, m.service.id, one)), role).toBe('forbidden');
      expect(await refusal(saveListing(deps, actor, await input({}), 'draft')), role).toBe('forbidden');
      expect(await refusal(discardListing(deps, actor, { serviceId: m.service.id, revision: 1 })), role).toBe('forbidden');
    }
    expect(await refusal(bringPictures(deps, m.manager, stranger.service.id, one))).toBe('not_found');
    expect(await refusal(bringPictures(deps, m.manager, 'nothing', one))).toBe('not_found');
    expect((await bringPictures(deps, m.technician, null, one)).files).toHaveLength(1);
    const many = await bringPictures(deps, m.technician, m.service.id, Array(MOST_A_DAY).fill(one[0]));
    expect([many.files.length, many.refused]).toEqual([MOST_A_DAY - 1, [{ name: 'a.pdf', fault: 'too_many_today' }]]);
    deps.time.now += 24 * HOUR + 1;
    expect((await bringPictures(deps, m.technician, null, one)).files).toHaveLength(1);
  });

  it('whose bytes are not what was stored are not given out', async () => {
    const { deps, m, bytes, keep } = await centre();
    const id = await keep('a.pdf', PDF);
    bytes.set(id, Buffer.from('%PDF-other'));
    expect(await refusal(readStored(deps, m.manager.organisationId, id))).toBe('not_found');
  });
});

describe('files nothing refers to', () => {
  it('are taken away after a day, those in use stay', async () => {
    const { deps, m, bytes, keep, input } = await centre();
    const { files } = deps;
    const names = ['draft', 'sold', 'earlier', 'evidence', 'left'] as const;
    const ids = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await keep(`${name}.pdf`, PDF)]))) as Record<
      (typeof names)[number],
      string
    >;
    await publishListing(deps, m.manager, await input({ pictures: [ids.earlier] }));
    await publishListing(deps, m.manager, await input({ pictures: [ids.sold] }));
    await saveListing(deps, m.manager, await input({ pictures: [ids.draft] }), 'draft');
    const accreditation = { kind: 'CNAS' as const, number: 'L0', scope: '', validFrom: 0, validUntil: deps.time.now * 2 };
    const evidence = checkFile('证书.pdf', PDF) as CheckedFile;
    const held = await saveAccreditation(deps, m.manager, { ...accreditation, id: null, evidence });
    deps.time.now += 23 * HOUR;
    expect(await forgetFiles(deps)).toBe(0);
    deps.time.now += 2 * HOUR;
    expect(await forgetFiles(deps)).toBe(2);
    expect(bytes.has(ids.left) || bytes.has(ids.evidence)).toBe(false);
    for (const name of ['draft', 'sold', 'earlier'] as const) expect(bytes.has(ids[name]), name).toBe(true);
    expect(bytes.size).toBe(4);
    const away = { ...files, remove: () => Promise.reject(new Error('the bucket is away')) };
    await removeAccreditation(deps, m.manager, held);
    expect(await forgetFiles({ ...deps, files: away })).toBe(0);
    expect(await forgetFiles(deps)).toBe(1);
    expect(
      await deps.db.read((q) => q.select().from(storedFile).where(eq(storedFile.organisationId, m.manager.organisationId))),
    ).toHaveLength(3);
    expect(await forgetFiles(deps)).toBe(0);
  });
});
