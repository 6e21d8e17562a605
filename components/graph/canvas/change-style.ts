import type { StylesheetJson } from 'cytoscape';
import { fontFamily } from '#lib/picture/node-size.ts';
import type { Palette } from '#lib/picture/palette.ts';

/** How lines look beside another window: verdicts keep their colours, a sign says what changed, and what did not steps back. */
export function changeStyles(palette: Palette): StylesheetJson {
  return [
    { selector: 'edge.change-same', style: { 'line-opacity': 0.2 } },
    { selector: 'edge.change-new', style: { 'line-opacity': 1, 'z-index': 7 } },
    {
      selector: 'edge.change-gone',
      style: {
        'line-color': palette.muted,
        'target-arrow-color': palette.muted,
        'line-style': 'dashed',
        'line-dash-pattern': [2, 5],
        'line-opacity': 0.75,
      },
    },
    {
      selector: 'edge[?sign]',
      style: {
        label: 'data(sign)',
        'font-family': fontFamily,
        'font-size': 11,
        'font-weight': 700,
        color: palette.text,
        'text-background-color': palette.canvas,
        'text-background-opacity': 0.94,
        'text-background-shape': 'roundrectangle',
        'text-background-padding': '3px',
        'text-border-width': 1,
        'text-border-opacity': 1,
        'text-border-color': palette.line,
        'min-zoomed-font-size': 6,
      },
    },
    {
      selector: 'edge.change-new[?sign]',
      style: {
        color: palette.surface,
        'text-background-color': palette.accent,
        'text-border-color': palette.accent,
      },
    },
    { selector: 'edge.change-gone[?sign]', style: { color: palette.muted } },
  ];
}
