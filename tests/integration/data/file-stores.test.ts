import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type FileStore, folderStore } from '#app/core/files.server.ts';
import { newId } from '#app/core/ids.server.ts';
import { bucketStore } from '#app/core/s3-store.server.ts';
import { parseSettings } from '#app/core/settings.ts';
import { serveBucket, signature } from '#tests/support/s3-stand-in.ts';

const KEYS = { id: 'AKIDEXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

const STORES: Record<string, () => Promise<FileStore>> = {
  'a folder': async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hengji-files-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return folderStore(folder);
  },
  'a bucket': async () => {
    const bucket = await serveBucket(KEYS);
    onTestFinished(bucket.close);
    return bucketStore({ endpoint: bucket.endpoint, region: 'eu-central-1', accessKeyId: KEYS.id, secretAccessKey: KEYS.secret });
  },
};

describe.each(Object.entries(STORES))('%s keeps files', (_name, open) => {
  it('gives back the bytes that were put, whatever they are', async () => {
    const store = await open();
    const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7) % 256);
    const [one, other] = [newId(), newId()];
    await store.put(one, bytes);
    await store.put(other, new Uint8Array([0]));
    expect(Buffer.from((await store.get(one)) ?? []).equals(Buffer.from(bytes))).toBe(true);
    expect([...((await store.get(other)) ?? [])]).toEqual([0]);
  });

  it('has nothing for an id that was never put or is gone; removing twice is no error', async () => {
    const store = await open();
    const id = newId();
    expect(await store.get(id)).toBeUndefined();
    await store.put(id, new Uint8Array([1]));
    await store.remove(id);
    expect(await store.get(id)).toBeUndefined();
    await store.remove(id);
  });

  it('takes no id that leads elsewhere', async () => {
    const store = await open();
    for (const id of ['../a', 'a/b', '', '%2e%2e', 'x'.repeat(65)]) {
      await expect((async () => store.put(id, new Uint8Array([1])))()).rejects.toThrow(RangeError);
      await expect((async () => store.get(id))()).rejects.toThrow(RangeError);
    }
  });
});

describe('a bucket', () => {
  it('with a wrong key says so instead of having no file', async () => {
    const bucket = await serveBucket(KEYS);
    onTestFinished(bucket.close);
    const store = bucketStore({ endpoint: bucket.endpoint, region: 'auto', accessKeyId: KEYS.id, secretAccessKey: 'wrong' });
    await expect(store.put(newId(), new Uint8Array([1]))).rejects.toThrow();
    await expect(store.get(newId())).rejects.toThrow();
    await expect(store.remove(newId())).rejects.toThrow();
    expect(bucket.objects.size).toBe(0);
  });

  it('is checked by a stand-in that signs as Amazon’s published example', () => {
    // "Example: GET Object" of the S3 API reference.
    const payloadHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    const headers = {
      host: 'examplebucket.s3.amazonaws.com',
      range: 'bytes=0-9',
      'x-amz-content-sha256': payloadHash,
      'x-amz-date': '20130524T000000Z',
    };
    const request = { method: 'GET', path: '/test.txt', query: '', headers, payloadHash };
    const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    expect(signature(request, Object.keys(headers), '20130524/us-east-1/s3/aws4_request', secret)).toBe(
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    );
  });

  it('is set by address and keys together', () => {
    const bad = parseSettings({ S3_BUCKET_URL: 'https://s3.example/hengji' });
    expect('bad' in bad && bad.bad).toEqual([{ name: 'S3_BUCKET_URL', problem: 'needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY' }]);
    const read = parseSettings({ S3_BUCKET_URL: 'https://s3.example/hengji', S3_ACCESS_KEY_ID: 'a', S3_SECRET_ACCESS_KEY: 'b' });
    expect('settings' in read && read.settings.bucket).toEqual({
      endpoint: 'https://s3.example/hengji',
      region: 'auto',
      accessKeyId: 'a',
      secretAccessKey: 'b',
    });
  });
});
