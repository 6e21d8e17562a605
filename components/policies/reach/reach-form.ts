import type { ExplainRequest } from '#lib/contracts/policies.ts';

/** What the box asks, as it is typed. */
export type ReachFields = {
  readonly from: string;
  readonly to: string;
  readonly port: string;
  readonly protocol: string;
};

export const noFields: ReachFields = { from: '', to: '', port: '443', protocol: 'TCP' };

/** With the ports that they have or have not. */
export const protocols = ['TCP', 'UDP', 'SCTP', 'ICMP'] as const;

/** What is wrong with each field; nothing where it can be asked. */
export type FieldProblems = Partial<Readonly<Record<keyof ReachFields, string>>>;

type Asked = Omit<ExplainRequest, 'at'>;

/** Typed fields → the question, or what stands in its way. */
export function toQuestion(
  cluster: string,
  { from, to, port, protocol }: ReachFields,
): { readonly question: Asked } | { readonly problems: FieldProblems } {
  const hasPort = protocol !== 'ICMP';
  const number = Number(port);
  const isPort = /^\d{1,5}$/.test(port.trim()) && number >= 1 && number <= 65_535;
  const problems: FieldProblems = {
    ...(from.trim() === '' ? { from: 'Name who asks: namespace/workload, or an address.' } : {}),
    ...(to.trim() === '' ? { to: 'Name who is asked: namespace/workload, or an address.' } : {}),
    ...(hasPort && !isPort ? { port: 'A port is a number from 1 to 65535.' } : {}),
  };
  if (Object.keys(problems).length > 0) return { problems };
  return {
    question: { cluster, from: from.trim(), to: to.trim(), port: hasPort ? number : null, protocol },
  };
}
