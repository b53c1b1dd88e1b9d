/** A readable end of an address: the words of an English name, and the end of the id, which tells things of one name apart. */
export function slugOf(nameEn: string, fallback: string, id: string): string {
  const words = nameEn.toLowerCase().match(/[a-z0-9]+/g) ?? [fallback];
  return `${words.join('-').slice(0, 60)}-${id.replaceAll('-', '').slice(-8)}`;
}
