import { createHash } from 'node:crypto';

/** What is stored in place of a secret: a copy of the database opens no session and no link. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');
