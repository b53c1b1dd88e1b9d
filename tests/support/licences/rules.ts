/** Which licences a product that is sold may be made with. */
import parse, { type Info } from 'spdx-expression-parse';

/**
 * SPDX names. All allow commercial use; those of the LGPL and MPL ask that changes to the package itself be given away, and no package is
 * changed here: each is used as its author published it, as a file of its own.
 */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'LGPL-3.0-or-later',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'Unlicense',
  'WTFPL',
  'Zlib',
]);

/** Licences that have no SPDX name, read by a person. A new version is read again. */
export const READ: Readonly<Record<string, { version: string; says: string }>> = {
  '@lhncbc/ucum-lhc': {
    version: '7.1.10',
    says: 'its own, on the terms of BSD: use and redistribution "for commercial and non-commercial purposes" with its notice (below) and that of UCUM',
  },
};

export type Package = { name: string; version: string; licence: string };

/** @returns why the package may not be used; nothing when it may */
export function refusal({ name, version, licence }: Package): string | undefined {
  const read = READ[name];
  if (read)
    return read.version === version
      ? undefined
      : `${name} ${version}: read its licence again; ${read.version} was read (tests/support/licences/rules.ts)`;
  let stated: Info;
  try {
    stated = parse(licence);
  } catch {
    return `${name} ${version}: "${licence}" names no licence; read it, and say so in tests/support/licences/rules.ts, or use another package`;
  }
  return allows(stated) ? undefined : `${name} ${version}: ${licence} is not among the licences that allow commercial use here`;
}

function allows(stated: Info): boolean {
  if ('conjunction' in stated)
    return stated.conjunction === 'or' ? allows(stated.left) || allows(stated.right) : allows(stated.left) && allows(stated.right);
  return 'license' in stated && ALLOWED.has(stated.plus ? `${stated.license}+` : stated.license);
}
