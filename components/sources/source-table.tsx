'use client';

import { useState } from 'react';
import type { SourceDocument, SourceList } from '#lib/contracts/sources.ts';
import { SourceDetails } from './source-details.tsx';
import { SourceRow } from './source-row.tsx';

const columns = [
  { name: 'Cluster', width: '19%' },
  { name: 'Source', width: '13%' },
  { name: 'State', width: '24%' },
  { name: 'Last flow', width: '10%', isNumber: true },
  { name: 'Records per second', width: '16%', isNumber: true },
  { name: 'Lag', width: '6%', isNumber: true },
  { name: 'Nodes', width: '6%', isNumber: true },
  { name: 'Rejected', width: '6%', isNumber: true },
] as const;

/** One line per cluster and collector; each opens to what is known of it. */
export function SourceTable({ list }: { readonly list: SourceList }) {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <div className="p-4">
      <div className="overflow-hidden rounded-[10px] border border-line bg-surface">
        <table className="w-full min-w-[900px] table-fixed border-separate border-spacing-0">
          <caption className="sr-only">Sources of flows, by cluster and collector</caption>
          <colgroup>
            {columns.map(({ name, width }) => (
              <col key={name} style={{ width }} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column.name}
                  scope="col"
                  className={`h-9 border-b border-line px-3 text-xs font-medium text-muted first:pl-4 last:pr-4 ${
                    'isNumber' in column ? 'text-right' : 'text-left'
                  }`}
                >
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          {list.sources.toSorted(byState).map((source) => {
            const id = `${source.cluster}/${source.kind ?? ''}`;
            const isOpen = open === id;
            return (
              <tbody key={id} className="group">
                <SourceRow
                  source={source}
                  nowMs={Date.parse(list.at)}
                  isOpen={isOpen}
                  onToggle={() => setOpen(isOpen ? null : id)}
                />
                {isOpen && (
                  <tr>
                    <td
                      colSpan={columns.length}
                      className="border-b border-hairline bg-ground p-0 group-last:border-0"
                    >
                      <SourceDetails source={source} window={list.window} nowMs={Date.parse(list.at)} />
                    </td>
                  </tr>
                )}
              </tbody>
            );
          })}
        </table>
      </div>
    </div>
  );
}

const ranks = { attention: 0, live: 1, old: 2 } as const;

/** What needs somebody comes first; otherwise they stay in the order of their names. */
function byState(a: SourceDocument, b: SourceDocument): number {
  return ranks[a.state] - ranks[b.state];
}
