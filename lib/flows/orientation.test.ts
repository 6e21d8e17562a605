import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpointAt, plainEnd } from './endpoint.ts';
import { decideOrientation, flipReporter, flipTraces, type Packet } from './orientation.ts';

function packet(part: Partial<Packet> & { from?: number | null; to?: number | null }): Packet {
  return {
    source: endpointAt(plainEnd('workload', 'a'), null, part.from ?? null),
    destination: endpointAt(plainEnd('workload', 'b'), null, part.to ?? null),
    protocol: part.protocol ?? 'tcp',
    isReply: part.isReply ?? null,
    opener: part.opener ?? null,
  };
}

describe('decideOrientation', () => {
  it.each([
    [
      'a reply comes from the server, whatever the ports',
      { isReply: true, from: 40000, to: 80 },
      'is-reply',
      true,
    ],
    ['no reply', { isReply: false, from: 80, to: 40000 }, 'is-reply', false],
    ['is_reply beats the SYN', { isReply: true, opener: 'source' }, 'is-reply', true],
    ['a SYN comes from the client', { opener: 'source', from: 80, to: 40000 }, 'syn', false],
    ['a SYN-ACK comes from the server', { opener: 'destination', from: 40000, to: 80 }, 'syn', true],
    ['the one port below 32768', { from: 40000, to: 9080 }, 'ephemeral-port', false],
    ['the one port below 32768, at the source', { from: 32767, to: 32768 }, 'ephemeral-port', true],
    ['the lower of two low ports', { from: 443, to: 8080 }, 'lower-port', true],
    ['the lower of two high ports', { from: 50000, to: 40000 }, 'lower-port', false],
    ['equal ports', { from: 123, to: 123 }, 'as-recorded', false],
    ['a missing port', { from: null, to: 80 }, 'as-recorded', false],
    ['ICMP has types, not ports', { protocol: 'icmp', from: 8, to: 40000 }, 'as-recorded', false],
  ] as const)('%s', (_name, part, orientation, isSwapped) => {
    expect(decideOrientation(packet(part), null)).toEqual({ orientation, isSwapped });
  });

  it('asks the inventory before it guesses by number', () => {
    const high = packet({ from: 50051, to: 40000 });
    const listensOn = (ports: readonly number[]) => (_end: unknown, _protocol: string, port: number) =>
      ports.includes(port);
    expect(decideOrientation(high, listensOn([50051]))).toEqual({
      orientation: 'listening-port',
      isSwapped: true,
    });
    expect(decideOrientation(high, listensOn([40000]))).toEqual({
      orientation: 'listening-port',
      isSwapped: false,
    });
    // Both or neither tell nothing.
    expect(decideOrientation(high, listensOn([40000, 50051])).orientation).toBe('lower-port');
    expect(decideOrientation(high, listensOn([])).orientation).toBe('lower-port');
  });

  it('finds the same client in a packet and in its answer', () => {
    const port = fc.integer({ min: 1, max: 65_535 });
    const opener = fc.constantFrom(null, 'source', 'destination');
    const isReply = fc.constantFrom(null, true, false);
    fc.assert(
      fc.property(port, port, opener, isReply, (from, to, opened, reply) => {
        fc.pre(from !== to);
        const sent = packet({ from, to, opener: opened, isReply: reply });
        const answer: Packet = {
          ...sent,
          source: sent.destination,
          destination: sent.source,
          opener: opened === null ? null : opened === 'source' ? 'destination' : 'source',
          isReply: reply === null ? null : !reply,
        };
        expect(clientOf(answer)).toEqual(clientOf(sent));
      }),
    );
  });
});

function clientOf(sent: Packet) {
  return decideOrientation(sent, null).isSwapped ? sent.destination : sent.source;
}

it('turns the side and the traces round with the packet', () => {
  expect(flipReporter('source')).toBe('destination');
  expect(flipReporter('destination')).toBe('source');
  expect(flipReporter('unknown')).toBe('unknown');
  const trace = { direction: 'egress', enforced: [], pending: [] } as const;
  expect(flipTraces([trace])).toEqual([{ ...trace, direction: 'ingress' }]);
});
