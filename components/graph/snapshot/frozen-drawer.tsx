'use client';

import { useMemo } from 'react';
import type { GraphDocument, GraphNode } from '#lib/contracts/graph.ts';
import type { Selection } from '#lib/contracts/url-state.ts';
import { relatedEdges } from '#lib/graph/related.ts';
import { kindName } from '#lib/picture/node-names.ts';
import type { EdgeView } from '#lib/picture/view.ts';
import { toNodeDrawer } from '../detail-view.ts';
import { Drawer } from '../drawer/drawer.tsx';
import { Card, Pill, Tiles } from '../drawer/drawer-parts.tsx';
import { PeerList } from '../drawer/peer-list.tsx';

type FrozenProps = { readonly onSelect: (selection: Selection | null) => void };

/** From whom to whom, how much and on which ports, as far as it was frozen. */
export function FrozenEdge({ edge, onSelect }: FrozenProps & { readonly edge: EdgeView }) {
  const { from, to, connections, bytes, denied, dropped, ports, detail } = edge;
  return (
    <Drawer
      title={edge.sourceId === edge.targetId ? `Inside ${from}` : `${from} → ${to}`}
      subtitle="Traffic from client to server"
      closeLabel="Clear the selection"
      onClose={() => onSelect(null)}
    >
      <Tiles
        tiles={[
          { label: 'connections', amount: connections },
          { label: 'transferred', amount: bytes, unit: 'bytes' },
          { label: 'denied', amount: denied, tone: 'denied' },
          { label: 'dropped', amount: dropped, tone: 'dropped' },
        ]}
      />
      {detail !== '' && <p className="text-xs text-muted">{detail}</p>}
      <Card title="Ports">
        <p className="flex flex-wrap items-center gap-1.5">
          {ports.map((port) => (
            <Pill key={port}>{port}</Pill>
          ))}
        </p>
      </Card>
    </Drawer>
  );
}

/** Who a node talks to, as far as it was frozen. */
export function FrozenNode({
  document,
  node,
  onSelect,
}: FrozenProps & { readonly document: GraphDocument; readonly node: GraphNode }) {
  const view = useMemo(() => {
    const edges = [...relatedEdges(document, { kind: 'node', id: node.id })];
    return toNodeDrawer({ node, nodes: document.nodes, edges, denials: [] });
  }, [document, node]);
  const pick = (id: string) => onSelect({ kind: 'edge', id });
  const lists = [
    { title: 'In', peers: view.peersIn },
    { title: 'Out', peers: view.peersOut },
    { title: 'Inside', peers: view.inside },
  ].filter(({ peers }) => peers.length > 0);
  return (
    <Drawer
      title={node.label}
      subtitle={kindName(node.kind)}
      closeLabel="Clear the selection"
      onClose={() => onSelect(null)}
    >
      <Tiles
        tiles={[
          { label: 'connections in', amount: view.connectionsIn },
          { label: 'out', amount: view.connectionsOut },
          { label: 'transferred', amount: view.bytes, unit: 'bytes' },
          { label: 'denied', amount: view.denied, tone: 'denied' },
        ]}
      />
      {lists.map(({ title, peers }) => (
        <Card key={title} title={title} aside="connections">
          <PeerList peers={peers} onSelectEdge={pick} />
        </Card>
      ))}
    </Drawer>
  );
}
