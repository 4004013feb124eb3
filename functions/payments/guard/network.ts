/** What counts as one address: an IPv4 address, or the /64 network of an IPv6 one, which is what one household holds. */
export function network(address: string): string {
  const groups = groupsOf(address);
  return typeof groups === 'string' ? groups : `${groups.slice(0, 4).join(':')}::/64`;
}

/** The wide network that one customer of a provider may hold: the /48 of an IPv6 address; undefined for an IPv4 address. */
export function wideNetwork(address: string): string | undefined {
  const groups = groupsOf(address);
  return typeof groups === 'string' ? undefined : `${groups.slice(0, 3).join(':')}::/48`;
}

/** The groups of an IPv6 address; another one as it is. */
function groupsOf(address: string): string | readonly string[] {
  const plain = address.toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain);
  if (mapped?.[1]) return mapped[1];
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const last = tail === '' ? [] : tail.split(':');
    while (groups.length + last.length < 8) groups.push('0');
    groups.push(...last);
  }
  return groups.map((group) => Number.parseInt(group, 16).toString(16));
}
