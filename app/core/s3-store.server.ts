/** Files in a bucket that speaks S3: for several machines, or where the disk does not last. */
import type { FileStore } from './files.server.ts';

export type BucketSettings = {
  /** With the bucket in its path or host: `https://s3.example/hengji`. */
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
};

const LONGEST_MS = 30_000;

/** What a file is called in the bucket. */
export const bucketKey = (id: string) => `files/${id}`;

export function bucketStore(settings: BucketSettings): FileStore {
  // Loaded here: where files are in a folder, a process does without the library.
  const opened = import('s3mini').then(({ S3mini }) => new S3mini({ ...settings, requestAbortTimeout: LONGEST_MS }));
  const key = (id: string) => {
    if (!/^[\w-]{1,64}$/.test(id)) throw new RangeError(`no file's id: ${id}`);
    return bucketKey(id);
  };
  return {
    async put(id, bytes) {
      const answer = await (await opened).putObject(key(id), Buffer.from(bytes), 'application/octet-stream');
      if (!answer.ok) throw new Error(`the bucket did not take a file: ${answer.status}`);
    },
    async get(id) {
      const found = await (await opened).getObjectArrayBuffer(key(id));
      return found ? new Uint8Array(found) : undefined;
    },
    async remove(id) {
      await (await opened).deleteObject(key(id));
    },
  };
}
