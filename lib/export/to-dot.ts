import type { Verdict } from '#lib/flows/verdict.ts';
import type { ShownGraph } from '#lib/picture/compared-graph.ts';
import { isExternal } from '#lib/picture/node-names.ts';
import { palettes } from '#lib/picture/palette.ts';
import { edgeLines } from './edge-lines.ts';
import { exportedGraph } from './exported-graph.ts';
import { type NestedNode, nestedNodes } from './nested-nodes.ts';

const colours = palettes.light;

const styles: Readonly<Record<Verdict, string>> = {
  allowed: `color="${colours.allowed}"`,
  denied: `color="${colours.denied}", fontcolor="${colours.denied}", style=dashed, arrowhead=tee`,
  dropped: `color="${colours.dropped}", fontcolor="${colours.dropped}", style=dotted, arrowhead=vee`,
};

/** The DOT language of Graphviz (https://graphviz.org/doc/info/lang.html): expanded nodes are clusters. */
export function toDot(shown: ShownGraph): string {
  const graph = exportedGraph(shown);
  const { from, to } = graph.window.answered;
  return [
    'digraph flowloom {',
    `  graph [rankdir=LR, label=${label(`${graph.level} level, ${from} to ${to}`)}, labelloc=t, fontname="Inter"]`,
    '  node [shape=box, style=rounded, fontname="Inter", fontsize=11]',
    '  edge [fontname="Inter", fontsize=9]',
    ...nestedNodes(graph).flatMap((node) => nodeLines(node, '  ')),
    ...edgeLines(graph).map(
      ({ source, target, verdict, text }) =>
        `  ${quoted(source)} -> ${quoted(target)} [label=${label(text)}, ${styles[verdict]}]`,
    ),
    '}',
    '',
  ].join('\n');
}

function nodeLines({ node, inside, hasEdges }: NestedNode, indent: string): readonly string[] {
  const outside = isExternal(node.kind) ? ', style="rounded,dashed"' : '';
  const own = `${indent}${quoted(node.id)} [label=${label(node.label)}${outside}]`;
  if (inside.length === 0) return [own];
  return [
    `${indent}subgraph ${quoted(`cluster ${node.id}`)} {`,
    `${indent}  label=${label(node.label)}`,
    `${indent}  style=rounded`,
    ...(hasEdges ? [`  ${own}`] : []),
    ...inside.flatMap((child) => nodeLines(child, `${indent}  `)),
    `${indent}}`,
  ];
}

/** A label shows `\\` as a backslash, and an entity as what it stands for. */
function label(text: string): string {
  return quoted(text.replaceAll('&', '&amp;'));
}

/**
 * A quoted string knows one escape, `\"`, and ends behind an even number of backslashes: each is doubled.
 * Control characters, of which Graphviz knows none, are left out.
 */
function quoted(text: string): string {
  const plain = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replace(/[\x00-\x1f\x7f]|\p{Surrogate}/gu, '\ufffd')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"');
  return `"${plain}"`;
}
