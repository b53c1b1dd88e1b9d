/** Half and full width, composed and single-character forms of a unit made one; spaces dropped. */
export function plainUnit(text: string): string {
  return text
    .replace(/[º˚]/g, '°')
    .normalize('NFKC')
    .replace(/″|′′|”|“|"/g, "''")
    .replace(/[′’´]/g, "'")
    .replace(/[·•⋅∙×*]/g, '.')
    .replace(/[−–—]/g, '-')
    .replace(/[μµ]/g, 'u')
    .replace(/每/g, '/')
    .replace(/[\s\u2009\u202f]+/g, '');
}
