/** The files that a graph can become. */
export const formats = {
  png: { name: 'PNG', about: 'picture', type: 'image/png', extension: 'png' },
  svg: { name: 'SVG', about: 'picture, sharp at any size', type: 'image/svg+xml', extension: 'svg' },
  csv: {
    name: 'CSV',
    about: 'a line per edge, for spreadsheets',
    type: 'text/csv; charset=utf-8; header=present',
    extension: 'csv',
  },
  json: { name: 'JSON', about: 'the graph document', type: 'application/json', extension: 'json' },
  graphml: {
    name: 'GraphML',
    about: 'for Gephi, yEd, NetworkX',
    type: 'application/graphml+xml',
    extension: 'graphml',
  },
  mermaid: {
    name: 'Mermaid',
    about: 'for Markdown and wikis',
    type: 'text/vnd.mermaid; charset=utf-8',
    extension: 'mmd',
  },
  dot: { name: 'DOT', about: 'for Graphviz', type: 'text/vnd.graphviz; charset=utf-8', extension: 'dot' },
} as const;

export type ExportFormat = keyof typeof formats;

/** In the order of a menu. */
export const exportFormats = [
  'png',
  'svg',
  'csv',
  'json',
  'graphml',
  'mermaid',
  'dot',
] as const satisfies readonly ExportFormat[];

/** Those that do not depend on where nodes stand. */
export type DataFormat = Exclude<ExportFormat, 'png' | 'svg'>;

export function isPicture(format: ExportFormat): format is 'png' | 'svg' {
  return format === 'png' || format === 'svg';
}
