import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCidr } from '#lib/kit/cidr.ts';
import { compile } from '#lib/policy/compile.ts';
import { listConnections } from '#lib/policy/connectivity.ts';
import { addresses, estate, ports } from './policy-estate.ts';
import { type Packet, say } from './policy-oracle.ts';
import { clusterOf, endOf } from './told.ts';

const protocols = ['tcp', 'udp', 'sctp'];
const everyPort = [...ports, 1, 79, 81, 442, 444, 8079, 8081, 9000, 9001, 65_535];
const pods = [0, 1, 2, 3];

/** Reads a list of connections as a person does, one protocol and port at a time. */
function holds(conn: string, protocol: string, port: number): boolean {
  if (conn === 'All Connections') return true;
  const part = conn.split(/,(?=[A-Z])/).find((one) => one.startsWith(`${protocol.toUpperCase()} `));
  const ranges = part?.split(' ')[1]?.split(',') ?? [];
  return ranges.some((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return port >= first && port <= last;
  });
}

function lies(address: string, title: string): boolean {
  const [first = '', last = ''] = title.split('-').map((one) => String(parseCidr(one)?.first ?? 'none'));
  const value = parseCidr(address)?.first ?? 0n;
  return first !== 'none' && value >= BigInt(first) && value <= BigInt(last);
}

it('lists what the oracle allows, for every pair, port and protocol, and nothing else', () => {
  fc.assert(
    fc.property(estate, (all) => {
      const compiled = compile(clusterOf(all, []), 'enforced-only');
      const peers = pods.map((at) => ({
        title: `ns/pod-${at}[Pod]`,
        endpoint: endOf(all, at, false, false),
      }));
      const { connections, undecidable } = listConnections(compiled, peers, []);
      expect(undecidable).toEqual([]);
      const seen = new Set(connections.map(({ src, dst }) => `${src} ${dst}`));
      expect(seen.size).toBe(connections.length);
      const titleOf = (end: number | string, at: 'src' | 'dst', other: string) => {
        if (typeof end === 'number') return `ns/pod-${end}[Pod]`;
        const ranges = connections
          .filter((one) => one[at === 'src' ? 'dst' : 'src'] === other)
          .map((one) => one[at])
          .filter((title) => lies(end, title));
        expect(ranges.length).toBeLessThanOrEqual(1);
        return ranges[0] ?? 'nothing';
      };
      const wrong: string[] = [];
      const ends = pods.flatMap((pod) => [
        ...pods.filter((other) => other !== pod).map((other) => ({ from: pod, to: other })),
        ...addresses.flatMap((address) => [
          { from: pod, to: address },
          { from: address, to: pod },
        ]),
      ]);
      for (const { from, to } of ends) {
        const src =
          typeof from === 'number' ? titleOf(from, 'src', '') : titleOf(from, 'src', `ns/pod-${to}[Pod]`);
        const dst = typeof to === 'number' ? titleOf(to, 'dst', '') : titleOf(to, 'dst', src);
        const conn = connections.find((one) => one.src === src && one.dst === dst)?.conn ?? '';
        for (const protocol of protocols) {
          for (const port of everyPort) {
            const sent: Packet = { from, to, protocol, port };
            const isAllowed = (['egress', 'ingress'] as const).every(
              (way) => say(all, sent, way, false).isAllowed,
            );
            if (holds(conn, protocol, port) === isAllowed) continue;
            wrong.push(`${src} → ${dst} ${protocol} ${port}: ${conn}`);
          }
        }
      }
      expect(wrong).toEqual([]);
    }),
    { numRuns: Math.ceil((fc.readConfigureGlobal().numRuns ?? 200) / 4) },
  );
});
