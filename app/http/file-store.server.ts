import { join, resolve } from 'node:path';
import { type FileStore, folderKey, folderStore } from '#app/core/files.server.ts';
import { bucketKey, bucketStore } from '#app/core/s3-store.server.ts';
import type { Settings } from '#app/core/settings.ts';

/** Where the files people bring are, by the settings; what a file is called there, and what people call the place. */
export function fileStoreOf({ bucket, dataFolder }: Pick<Settings, 'bucket' | 'dataFolder'>): {
  store: FileStore;
  keyOf: (id: string) => string;
  place: string;
} {
  if (bucket) return { store: bucketStore(bucket), keyOf: bucketKey, place: bucket.endpoint };
  return {
    store: folderStore(join(dataFolder, 'files')),
    keyOf: (id) => `files/${folderKey(id)}`,
    place: resolve(dataFolder),
  };
}
