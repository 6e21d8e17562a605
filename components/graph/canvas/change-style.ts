import type { StylesheetJson } from 'cytoscape';
import { changeLooks } from '#lib/picture/line-look.ts';
import { fontFamily } from '#lib/picture/node-size.ts';
import type { Palette } from '#lib/picture/palette.ts';

/** How lines look beside another window: verdicts keep their colours, a sign says what changed, and what did not steps back. */
export function changeStyles(palette: Palette): StylesheetJson {
  return [
    { selector: 'edge.change-same', style: { 'line-opacity': changeLooks.same.opacity } },
    {
      selector: 'edge.change-new',
      style: { 'line-opacity': changeLooks.new.opacity, 'z-index': changeLooks.new.height },
    },
    {
      selector: 'edge.change-gone',
      style: {
        'line-color': palette[changeLooks.gone.colour],
        'target-arrow-color': palette[changeLooks.gone.colour],
        'line-style': 'dashed',
        'line-dash-pattern': [...changeLooks.gone.dash],
        'line-opacity': changeLooks.gone.opacity,
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
