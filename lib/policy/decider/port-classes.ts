import type { Row } from './rows.ts';

/**
 * Protocol and port as far as rows tell them apart: a class is a stretch of ports of one protocol at
 * whose every port the same rows speak, names of ports aside.
 */
export type PortClasses = {
  /** -1 where there is no such port. */
  readonly classOf: (protocol: string, port: number) => number;
  /** One protocol and port of a class, which stand for all of it. */
  readonly sampleOf: (portClass: number) => PortSample;
};

export type PortSample = { readonly protocol: string; readonly port: number };

const PORTS = 65_536;

/** Classes are found as protocols are asked about; all that no row names are one. */
export function portClasses(rows: readonly Row[]): PortClasses {
  const named = new Set(rows.flatMap(({ rule }) => [rule.protocol, rule.notProtocol]));
  const byProtocol = new Map<string, Int32Array>();
  const samples: PortSample[] = [];
  let unnamed: Int32Array | null = null;

  function classify(protocol: string): Int32Array {
    const classes = new Int32Array(PORTS);
    const edges = edgesOf(rows, protocol);
    for (const [at, first] of edges.entries()) {
      classes.fill(samples.length, first, edges[at + 1] ?? PORTS);
      samples.push({ protocol, port: first });
    }
    return classes;
  }

  function find(protocol: string): Int32Array {
    const isNamed = named.has(protocol);
    const classes = isNamed || unnamed === null ? classify(protocol) : unnamed;
    if (!isNamed) unnamed = classes;
    byProtocol.set(protocol, classes);
    return classes;
  }

  return {
    classOf: (protocol, port) => (byProtocol.get(protocol) ?? find(protocol))[port] ?? -1,
    sampleOf: (portClass) => {
      const sample = samples[portClass];
      if (sample === undefined) throw new Error(`no class of ports has the number ${portClass}`);
      return sample;
    },
  };
}

/** The first port of each class of a protocol, rising from 0. */
function edgesOf(rows: readonly Row[], protocol: string): readonly number[] {
  const edges = new Set([0]);
  for (const { rule } of rows) {
    if (!speaksOf(rule, protocol)) continue;
    for (const port of [...rule.destination.ports, ...rule.destination.notPorts]) {
      if (!('name' in port)) edges.add(port.first).add(port.last + 1);
    }
  }
  return [...edges].filter((port) => port >= 0 && port < PORTS).sort((a, b) => a - b);
}

export function speaksOf({ protocol, notProtocol }: Row['rule'], asked: string): boolean {
  return (protocol === null || protocol === asked) && (notProtocol === null || notProtocol !== asked);
}
