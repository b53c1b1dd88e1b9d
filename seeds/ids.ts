import { v5 } from 'uuid';

/** Names of seeds become the same identifiers on every machine and in every run (RFC 9562, version 5). */
const NAMESPACE = '6f1d9a52-3c0e-5b7a-9d44-7c2e8f10a6b3';

export const seedId = (kind: string, key: string): string => v5(`${kind}:${key}`, NAMESPACE);

/** Numbers in [0, 1) that look random and are the same for the same name (mulberry32 over an FNV-1a hash). */
export function randomFrom(name: string): () => number {
  let state = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) state = Math.imul(state ^ name.charCodeAt(i), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
