/** Untidy scopes as accreditation bodies publish them, as files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Sheet, workbook } from './workbook.ts';

const FOLDER = join(import.meta.dirname, '../data/scopes');

/** The CNAS one is packed into a workbook here: its cells stand as data. */
export const scopeFile = (name: string): Uint8Array =>
  name === 'cnas.xlsx'
    ? workbook(JSON.parse(readFileSync(join(FOLDER, 'cnas.json'), 'utf8')) as Sheet[])
    : readFileSync(join(FOLDER, name));
