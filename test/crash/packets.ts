import type pg from 'pg';
import { z } from 'zod';

/** How often each packet is there; a packet is its millisecond and its two ends, whichever is the client. */
export type Packets = ReadonlyMap<string, number>;

const ends = z.object({ source_port: z.number(), destination_port: z.number() });
const hubbleLine = z.object({
  flow: z.object({
    time: z.string(),
    IP: z.object({ source: z.string(), destination: z.string() }),
    l4: z.object({ TCP: ends.optional(), UDP: ends.optional() }),
  }),
});

/** What lines say, read without any code of the product. */
export function packetsOfLines(lines: readonly string[]): Packets {
  const packets = new Map<string, number>();
  for (const line of lines) {
    const { time, IP, l4 } = hubbleLine.parse(JSON.parse(line)).flow;
    const ports = l4.TCP ?? l4.UDP;
    const ms = Date.parse(`${time.slice(0, '2026-01-01T00:00:00.000'.length)}Z`);
    add(
      packets,
      keyOf(ms, [IP.source, ports?.source_port ?? null], [IP.destination, ports?.destination_port ?? null]),
      1,
    );
  }
  return packets;
}

export async function packetsStored(client: pg.ClientBase): Promise<Packets> {
  const packets = new Map<string, number>();
  const found = await client.query<{
    ms: string;
    client: string;
    client_port: number | null;
    server: string;
    server_port: number | null;
    count: number;
  }>(
    `SELECT extract(epoch FROM started_at) * 1000 AS ms, host(client_address) AS client, client_port,
      host(server_address) AS server, server_port, count(*)::int AS count
    FROM flow GROUP BY 1, 2, 3, 4, 5`,
  );
  for (const row of found.rows)
    add(
      packets,
      keyOf(Number(row.ms), [row.client, row.client_port], [row.server, row.server_port]),
      row.count,
    );
  return packets;
}

/** One line for each packet that is there more or less often than it should. */
export function packetDifferences(expected: Packets, stored: Packets): readonly string[] {
  return [...new Set([...expected.keys(), ...stored.keys()])]
    .filter((key) => expected.get(key) !== stored.get(key))
    .map((key) => `${key}: ${expected.get(key) ?? 0} acknowledged, ${stored.get(key) ?? 0} stored`);
}

type End = readonly [address: string, port: number | null];

function keyOf(ms: number, one: End, other: End): string {
  return [ms, ...[one.join(':'), other.join(':')].sort()].join(' ');
}

function add(packets: Map<string, number>, key: string, count: number): void {
  packets.set(key, (packets.get(key) ?? 0) + count);
}
