import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The project's folder: the nearest above this file that has the lock file. This file may be part of the built server. */
function projectFolder(folder = import.meta.dirname): string {
  return existsSync(join(folder, 'package-lock.json')) || dirname(folder) === folder ? folder : projectFolder(dirname(folder));
}

export const ROOT = projectFolder();
export const MIGRATIONS = join(ROOT, 'db/migrations');
