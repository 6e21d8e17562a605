import type { Verdict } from '#lib/flows/verdict.ts';
import { verdicts } from '#lib/picture/amounts.ts';
import type { ShownGraph } from '#lib/picture/compared-graph.ts';
import { isExternal } from '#lib/picture/node-names.ts';
import { palettes } from '#lib/picture/palette.ts';
import { edgeLines } from './edge-lines.ts';
import { exportedGraph } from './exported-graph.ts';
import { type NestedNode, nestedNodes } from './nested-nodes.ts';

const arrows: Readonly<Record<Verdict, string>> = { allowed: '-->', denied: '-.-x', dropped: '-.->' };

/** A Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html): expanded nodes are subgraphs. */
export function toMermaid(shown: ShownGraph): string {
  const graph = exportedGraph(shown);
  const { from, to } = graph.window.answered;
  const lines = edgeLines(graph);
  const names = new Map(graph.nodes.map(({ id }, index) => [id, `n${index}`]));
  const name = (id: string) => names.get(id) ?? 'n';
  return [
    'flowchart LR',
    `%% ${escaped(`${graph.level} level, ${from} to ${to}`)}`,
    ...nestedNodes(graph).flatMap((node) => nodeLines(node, name, '  ')),
    ...lines.map(
      ({ source, target, verdict, text }) =>
        `  ${name(source)} ${arrows[verdict]}${text === '' ? '' : `|"${escaped(text)}"|`} ${name(target)}`,
    ),
    ...verdicts.flatMap((verdict) => {
      const indices = lines.flatMap((line, index) => (line.verdict === verdict ? [index] : []));
      return indices.length === 0
        ? []
        : [`  linkStyle ${indices.join(',')} stroke:${palettes.light[verdict]}`];
    }),
    '',
  ].join('\n');
}

function nodeLines(
  { node, inside, hasEdges }: NestedNode,
  name: (id: string) => string,
  indent: string,
): readonly string[] {
  const text = `"${escaped(node.label)}"`;
  const own = `${indent}${name(node.id)}${isExternal(node.kind) ? `([${text}])` : `[${text}]`}`;
  if (inside.length === 0) return [own];
  return [
    `${indent}subgraph s${name(node.id)} [${text}]`,
    ...(hasEdges ? [`  ${own}`] : []),
    ...inside.flatMap((child) => nodeLines(child, name, `${indent}  `)),
    `${indent}end`,
  ];
}

/** Whatever may mean something to Mermaid, Markdown or HTML stands as its number: `#34;` for a quote. */
function escaped(text: string): string {
  // Mermaid reads no empty text.
  if (text === '') return '#160;';
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replace(/[\x00-\x1f\x7f]|\p{Surrogate}/gu, '\ufffd')
      .replace(/[^\p{L}\p{N}\p{M} .,:/()+-]/gu, (letter) => `#${letter.codePointAt(0)};`)
  );
}
