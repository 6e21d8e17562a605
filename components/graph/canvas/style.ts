import type { EdgeSingular, NodeSingular, StylesheetJson } from 'cytoscape';
import { nestPadding } from '#lib/graph/layout/nest.ts';
import { iconColour } from '#lib/picture/icons.ts';
import { crowdOpacity, dimmedOpacity, standsOut } from '#lib/picture/line-look.ts';
import { fontFamily, nodeSize } from '#lib/picture/node-size.ts';
import { type ToneLook, toneLooks, tones } from '#lib/picture/overlay/tones.ts';
import type { Palette } from '#lib/picture/palette.ts';
import type { IconName } from '#lib/picture/view.ts';
import { changeStyles } from './change-style.ts';
import { iconImage } from './icons.ts';

/** How nodes and lines look. Colour never stands alone: dashes, dots and ends say the verdict too. */
export function graphStyle(palette: Palette): StylesheetJson {
  return [
    ...nodeStyles(palette),
    ...frameStyle(palette),
    ...lineStyles(palette),
    ...changeStyles(palette),
    ...stateStyles(palette),
  ];
}

function nodeStyles(palette: Palette): StylesheetJson {
  const icon = (node: NodeSingular) => iconIn(iconOf(node), palette);
  const scaled = (size: number) => (node: NodeSingular) => size * scaleOf(node);
  return [
    {
      selector: 'node',
      style: {
        shape: 'round-rectangle',
        'corner-radius': '8',
        width: 'data(width)',
        height: 'data(height)',
        'background-color': palette.surface,
        'border-width': 1,
        'border-color': palette.line,
        label: 'data(label)',
        color: palette.text,
        'font-family': fontFamily,
        'font-size': scaled(nodeSize.fontSize),
        'font-weight': 500,
        'text-halign': 'center',
        'text-valign': 'center',
        'text-margin-x': scaled((nodeSize.textLeft - nodeSize.textRight) / 2),
        'min-zoomed-font-size': 6,
        'background-image': (node: NodeSingular) => icon(node),
        'background-width': scaled(nodeSize.icon),
        'background-height': scaled(nodeSize.icon),
        'background-position-x': scaled(nodeSize.iconLeft),
        'background-position-y': '50%',
        'background-clip': 'none',
        'overlay-opacity': 0,
        'transition-property': 'opacity',
        'transition-duration': 120,
      },
    },
    {
      selector: 'node.external',
      style: {
        'background-color': palette.ground,
        'border-style': 'dashed',
        'border-dash-pattern': [3.5, 2.5],
        'border-color': palette.faint,
        'border-opacity': 0.65,
        color: palette.muted,
      },
    },
    {
      // A second picture, at the right end: traffic inside the node.
      selector: 'node[?inside]',
      style: {
        'text-margin-x': scaled((nodeSize.textLeft - nodeSize.textRight - nodeSize.inside) / 2),
        'background-image': (node: NodeSingular) => [icon(node), insideImage(node.data('inside'), palette)],
        'background-width': (node: NodeSingular) => [
          nodeSize.icon * scaleOf(node),
          nodeSize.mark * scaleOf(node),
        ],
        'background-height': (node: NodeSingular) => [
          nodeSize.icon * scaleOf(node),
          nodeSize.mark * scaleOf(node),
        ],
        'background-position-x': (node: NodeSingular) => [
          nodeSize.iconLeft * scaleOf(node),
          node.width() - (nodeSize.mark + nodeSize.iconLeft) * scaleOf(node),
        ],
        'background-position-y': ['50%', '50%'],
        'background-clip': ['none', 'none'],
      },
    },
    {
      selector: 'node.denied',
      style: { 'border-width': 1.6, 'border-color': palette.denied, 'border-opacity': 1 },
    },
  ];
}

/** A frame: its name stands in the upper margin, and what is in it is what is looked at. */
function frameStyle(palette: Palette): StylesheetJson {
  return [
    {
      selector: 'node.open',
      style: {
        padding: `${nestPadding}px`,
        'compound-sizing-wrt-labels': 'exclude',
        'background-color': palette.canvas,
        'background-opacity': 0.72,
        'border-color': palette.faint,
        'border-opacity': 0.8,
        'corner-radius': '12',
        'text-halign': 'center',
        'text-valign': 'top',
        'text-margin-x': 0,
        'text-margin-y': nestPadding - 8,
        color: palette.muted,
        'font-weight': 600,
        'background-image': 'none',
      },
    },
    { selector: 'node.open.denied', style: { 'border-color': palette.denied } },
  ];
}

function lineStyles(palette: Palette): StylesheetJson {
  return [
    {
      selector: 'edge',
      style: {
        width: 'data(width)',
        'line-opacity': 0.62,
        'line-cap': 'butt',
        'arrow-scale': 0.75,
        'overlay-opacity': 0,
        'transition-property': 'opacity',
        'transition-duration': 120,
      },
    },
    {
      selector: 'edge[?weights]',
      style: {
        'curve-style': 'unbundled-bezier',
        'edge-distances': 'node-position',
        'control-point-weights': (edge: EdgeSingular) => edge.data('weights'),
        'control-point-distances': (edge: EdgeSingular) => edge.data('distances'),
        'source-endpoint': 'data(sourceEnd)',
        'target-endpoint': 'data(targetEnd)',
      },
    },
    ...tones.map((tone) => ({ selector: `edge.${tone}`, style: toneStyle(toneLooks[tone], palette) })),
    // Thousands that fade in and out are as many frames of thousands.
    { selector: 'edge.crowded', style: { 'line-opacity': crowdOpacity.rest, 'transition-duration': 0 } },
    ...tones.filter(standsOut).map((tone) => ({
      selector: `edge.crowded.${tone}`,
      style: { 'line-opacity': crowdOpacity.outstanding },
    })),
  ];
}

function toneStyle({ colour, dash, end, opacity, height }: ToneLook, palette: Palette) {
  return {
    'line-color': palette[colour],
    'target-arrow-color': palette[colour],
    'target-arrow-shape': end,
    'arrow-scale': end === 'tee' ? 0.9 : 0.75,
    'line-opacity': opacity,
    'z-index': height,
    ...(dash === null ? {} : { 'line-style': 'dashed' as const, 'line-dash-pattern': [...dash] }),
  };
}

function stateStyles(palette: Palette): StylesheetJson {
  return [
    { selector: 'edge.near', style: { 'line-opacity': 1, 'z-index': 5 } },
    { selector: 'edge.hovered', style: { 'line-opacity': 1, 'z-index': 6 } },
    { selector: 'node.hovered', style: { 'border-color': palette.muted, 'border-opacity': 1 } },
    { selector: 'node.denied.hovered', style: { 'border-color': palette.denied } },
    { selector: 'edge.found', style: { 'line-opacity': 1, 'z-index': 4 } },
    {
      selector: 'node.found',
      style: { 'outline-width': 1.5, 'outline-offset': 2, 'outline-color': palette.accent },
    },
    { selector: '.dimmed', style: { opacity: dimmedOpacity } },
    // The opacity of a frame is that of all in it, which is dimmed by itself.
    {
      selector: 'node.open.dimmed',
      style: {
        opacity: 1,
        'border-opacity': dimmedOpacity,
        'text-opacity': dimmedOpacity,
        'background-opacity': dimmedOpacity,
      },
    },
    {
      selector: 'edge.chosen',
      style: { 'line-opacity': 1, 'z-index': 8, 'underlay-opacity': 0.14, 'underlay-padding': 5 },
    },
    ...tones.map((tone) => ({
      selector: `edge.chosen.${tone}`,
      style: { 'underlay-color': palette[toneLooks[tone].colour] },
    })),
    { selector: 'node.near', style: { 'border-opacity': 1 } },
    {
      selector: 'node.chosen',
      style: {
        'border-width': 2,
        'border-color': palette.accent,
        'border-opacity': 1,
        color: palette.text,
        'font-weight': 600,
        'underlay-color': palette.accent,
        'underlay-opacity': 0.16,
        'underlay-padding': 5,
        'underlay-shape': 'round-rectangle',
      },
    },
    {
      selector: 'node.walked',
      style: { 'outline-width': 2, 'outline-offset': 3, 'outline-color': palette.accent },
    },
  ];
}

const iconNames: ReadonlySet<string> = new Set<IconName>([
  'shield-full',
  'shield-part',
  'shield-none',
  'shield-unknown',
  'cube',
  'globe',
  'network',
  'server',
  'cloud',
  'set',
  'service',
  'layers',
  'port',
  'unknown',
]);

/** All images that a node is drawn with. */
export function imagesOf(
  { icon, inside }: { readonly icon: IconName; readonly inside: unknown },
  palette: Palette,
): readonly string[] {
  return [iconIn(icon, palette), ...(inside ? [insideImage(inside, palette)] : [])];
}

function iconIn(icon: IconName, palette: Palette): string {
  return iconImage(icon, iconColour(icon, palette));
}

function insideImage(verdict: unknown, palette: Palette): string {
  return iconImage(
    'inside',
    verdict === 'denied' ? palette.denied : verdict === 'dropped' ? palette.dropped : palette.allowed,
  );
}

function isIconName(name: unknown): name is IconName {
  return typeof name === 'string' && iconNames.has(name);
}

function iconOf(node: NodeSingular): IconName {
  const icon: unknown = node.data('icon');
  return isIconName(icon) ? icon : 'unknown';
}

function scaleOf(node: NodeSingular): number {
  const scale: unknown = node.data('scale');
  return typeof scale === 'number' ? scale : 1;
}
