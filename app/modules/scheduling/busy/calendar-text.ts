/** UTF-8, unless it begins like UTF-16: with its byte order mark, or with letters whose every other byte is zero. What cannot be decoded becomes U+FFFD. */
export function calendarText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const little = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const big = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  return new TextDecoder(bytes.length < 2 ? 'utf-8' : little ? 'utf-16le' : big ? 'utf-16be' : 'utf-8').decode(bytes);
}
