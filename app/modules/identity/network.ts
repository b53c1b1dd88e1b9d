/** One subscriber: an IPv4 address, or the /64 an IPv6 address lies in (a provider hands each customer a whole /64). */
export function placeOf(address: string): string {
  const groups = groupsOf(address);
  return groups ? groups.slice(0, 4).join(':') : bareOf(address);
}

/** Roughly where an address is, for people to know again and for us not to know too well: `203.0.113.*`, `2001:db8:1:*`. */
export function networkOf(address: string): string {
  const groups = groupsOf(address);
  if (groups) return `${groups.slice(0, 3).join(':')}:*`;
  return bareOf(address).replace(/\.\d+$/, '.*');
}

/** IPv4 addresses reach a socket that speaks both as IPv6 ones. */
const bareOf = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/** The eight groups of an IPv6 address; nothing for any other. */
function groupsOf(address: string): string[] | undefined {
  const bare = bareOf(address);
  if (!bare.includes(':')) return undefined;
  const [head = '', tail] = bare.split('::');
  const groups = head.split(':').filter(Boolean);
  if (tail !== undefined) while (groups.length < 8 - tail.split(':').filter(Boolean).length) groups.push('0');
  return groups;
}

/** Of this machine or a private network (RFC 1918, 4193, 4291): it tells nobody where. */
export const isLocalNetwork = (network: string): boolean =>
  /^(127|10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)\.|^(0:0:0|f[cd][0-9a-f]{2}:.*|fe80:.*)/i.test(network);
