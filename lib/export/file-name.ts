import type { ShownGraph } from '#lib/picture/compared-graph.ts';
import { type ExportFormat, formats } from './formats.ts';
import { clusterNames } from './stamp.ts';

/** `flowloom-prod-20260314T0300Z-20260314T0900Z.svg`: what it is of and when, in letters that every system takes. */
export function fileName(graph: ShownGraph, clusters: readonly string[], format: ExportFormat): string {
  const { from, to } = graph.window.answered;
  const name = clusterNames(graph, clusters).join('-');
  const safe = name.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 60);
  return `flowloom-${safe}-${compact(from)}-${compact(to)}.${formats[format].extension}`;
}

/** `20260314T0300Z`. */
function compact(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 16).replaceAll(/[-:]/g, '')}Z`;
}
