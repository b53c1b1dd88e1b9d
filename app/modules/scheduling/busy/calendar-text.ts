/** UTF-8 unless it begins as UTF-16 does, with its mark or with letters every other byte of which is nothing. What cannot be read becomes a mark. */
export function calendarText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const little = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const big = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  return new TextDecoder(bytes.length < 2 ? 'utf-8' : little ? 'utf-16le' : big ? 'utf-16be' : 'utf-8').decode(bytes);
}
