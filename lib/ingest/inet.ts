import { isIP } from 'node:net';

const FAMILY_V4 = 2;
const FAMILY_V6 = 3;

/** An address in the binary form of `inet`, null where the text is no address. */
export function inetBytes(text: string): Uint8Array | null {
  const version = isIP(text);
  if (version === 4) return Uint8Array.of(FAMILY_V4, 32, 0, 4, ...text.split('.').map(Number));
  if (version !== 6 || text.includes('%')) return null;
  return Uint8Array.of(FAMILY_V6, 128, 0, 16, ...ipv6Bytes(text));
}

function ipv6Bytes(text: string): readonly number[] {
  const [head = '', tail] = text.split('::');
  const before = groupBytes(head);
  if (tail === undefined) return before;
  const after = groupBytes(tail);
  return [...before, ...new Array<number>(16 - before.length - after.length).fill(0), ...after];
}

/** Two bytes per group; the last may be an IPv4 address. */
function groupBytes(groups: string): readonly number[] {
  if (groups === '') return [];
  return groups.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}
