import type { ReactNode } from 'react';
import { VerdictMark } from '#components/graph/verdict-mark.tsx';
import { Figure } from '#components/ui/figure.tsx';
import type { FlowDocument } from '#lib/contracts/flows.ts';
import { addressText, decidedBy, durationText, endName, flowPort, reporterText } from './flow-words.ts';

/** What a flow can be shown with beside its time, in the order of the table. */
export type FlowColumn = {
  readonly id: string;
  readonly name: string;
  readonly width: number;
  readonly isNumber?: true;
  readonly isUsual?: true;
  readonly cell: (flow: FlowDocument) => { readonly content: ReactNode; readonly title?: string };
};

const text = (value: string | null) => ({ content: value ?? '–', title: value ?? '' });
const mono = (value: string | null) => ({
  content: value === null ? '–' : <span className="font-mono text-[11.5px]">{value}</span>,
  title: value ?? '',
});
const amount = (value: number | null, unit: 'count' | 'bytes' = 'count') => ({
  content: <Figure amount={{ value, partial: false }} unit={unit} />,
});

const tones = {
  allowed: '',
  denied: 'font-semibold text-denied',
  dropped: 'font-semibold text-dropped',
} as const;

export const flowColumns: readonly FlowColumn[] = [
  {
    id: 'verdict',
    name: 'Verdict',
    width: 100,
    isUsual: true,
    cell: ({ verdict, dropReason }) => ({
      title: dropReason ?? verdict,
      content: (
        <span className={`flex items-center gap-2 ${tones[verdict]}`}>
          <VerdictMark verdict={verdict} width={16} />
          {verdict}
        </span>
      ),
    }),
  },
  { id: 'from', name: 'From', width: 210, isUsual: true, cell: ({ source }) => text(endName(source)) },
  { id: 'to', name: 'To', width: 210, isUsual: true, cell: ({ target }) => text(endName(target)) },
  { id: 'port', name: 'Port', width: 90, isUsual: true, cell: (flow) => text(flowPort(flow)) },
  {
    id: 'policy',
    name: 'Decided by',
    width: 180,
    isUsual: true,
    cell: (flow) => {
      const { text: name, title, isNamed } = decidedBy(flow);
      return {
        title,
        content: <span className={isNamed ? 'font-mono text-[11.5px]' : 'text-muted italic'}>{name}</span>,
      };
    },
  },
  {
    id: 'bytes',
    name: 'Bytes',
    width: 78,
    isNumber: true,
    isUsual: true,
    cell: ({ bytes }) => amount(bytes, 'bytes'),
  },
  { id: 'packets', name: 'Packets', width: 78, isNumber: true, cell: ({ packets }) => amount(packets) },
  {
    id: 'flows',
    name: 'Flows',
    width: 66,
    isNumber: true,
    isUsual: true,
    cell: ({ flows }) => amount(flows),
  },
  {
    id: 'connections',
    name: 'Opened',
    width: 76,
    isNumber: true,
    cell: ({ connections }) => amount(connections),
  },
  { id: 'source-pod', name: 'Client pod', width: 200, cell: ({ source }) => mono(source.pod) },
  { id: 'target-pod', name: 'Server pod', width: 200, cell: ({ target }) => mono(target.pod) },
  {
    id: 'source-address',
    name: 'Client address',
    width: 150,
    cell: ({ source }) => mono(addressText(source.address, source.port)),
  },
  {
    id: 'target-address',
    name: 'Server address',
    width: 150,
    cell: ({ target, port }) => mono(target.address === null ? null : addressText(target.address, port)),
  },
  { id: 'reason', name: 'Drop reason', width: 150, cell: ({ dropReason }) => text(dropReason) },
  {
    id: 'duration',
    name: 'Lasted',
    width: 80,
    isNumber: true,
    cell: ({ durationMs }) => ({ content: durationText(durationMs), title: `${durationMs} ms` }),
  },
  { id: 'reporter', name: 'Logged by', width: 88, isUsual: true, cell: (flow) => text(reporterText(flow)) },
  { id: 'collector', name: 'Source', width: 92, cell: ({ collector }) => text(collector) },
];
