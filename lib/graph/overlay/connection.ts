import type { Sides } from '#lib/access/redact.ts';
import type { OverlayExample } from '#lib/contracts/overlay.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import type { End, Traffic } from '../model.ts';
import { nodeId } from '../node-id.ts';

/** What was recorded between two ends, by workload where the viewer may know it, on one server port. */
export type Connection = {
  readonly source: End;
  readonly target: End;
  readonly inScope: Sides;
  readonly protocol: string;
  readonly port: Traffic['port'];
  /** Flows by recorded verdict. */
  readonly recorded: Readonly<Record<Verdict, number>>;
  readonly flows: number;
  /** The addresses behind an end outside, by side; null where not all are known. */
  readonly addresses: Readonly<Record<'client' | 'server', readonly string[] | null>>;
};

/** The addresses behind both ends of a connection, by `connectionKey`. */
export type AddressesOf = (key: string) => Connection['addresses'];

/** What tells one connection from others. */
export function connectionKey({
  source,
  target,
  protocol,
  port,
}: Pick<Connection, 'source' | 'target' | 'protocol' | 'port'>): string {
  return [nodeId(source), nodeId(target), protocol, port].join('\0');
}

/** Puts the verdicts of each connection together. */
export function connectionsOf(rows: readonly Traffic[], addressesOf: AddressesOf): readonly Connection[] {
  const found = new Map<string, Connection>();
  for (const { source, target, inScope, protocol, port, verdict, sums } of rows) {
    const key = connectionKey({ source, target, protocol, port });
    const known = found.get(key);
    const recorded = known?.recorded ?? { allowed: 0, denied: 0, dropped: 0 };
    found.set(key, {
      source,
      target,
      inScope,
      protocol,
      port,
      recorded: { ...recorded, [verdict]: recorded[verdict] + sums.flows },
      flows: (known?.flows ?? 0) + sums.flows,
      addresses: known?.addresses ?? addressesOf(key),
    });
  }
  return [...found.values()];
}

/** What the records say of it in one word. */
export function recordedWord({
  recorded: { allowed, denied, dropped },
}: Connection): OverlayExample['recorded'] {
  if (allowed > 0 && denied > 0) return 'mixed';
  if (denied > 0) return 'denied';
  return allowed > 0 || dropped === 0 ? 'allowed' : 'dropped';
}
