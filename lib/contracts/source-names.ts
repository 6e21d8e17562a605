const names: Readonly<Record<string, string>> = {
  hubble: 'Hubble',
  calico: 'Calico',
  whisker: 'Calico Whisker',
  goldmane: 'Calico Goldmane',
  netobserv: 'NetObserv',
  'aws-vpc': 'AWS VPC flow logs',
};

/** What people call a kind of source; null is one whose format nothing told. */
export function sourceName(kind: string | null): string {
  return kind === null ? 'Unknown format' : (names[kind] ?? kind);
}
