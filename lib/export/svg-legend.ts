import { edgeChanges } from '#lib/contracts/compare.ts';
import { changeNames, changeSigns } from '#lib/picture/change-signs.ts';
import { countChanges, type ShownGraph } from '#lib/picture/compared-graph.ts';
import type { LegendEntry } from '#lib/picture/overlay/overlay.ts';
import { shieldLooks } from '#lib/picture/overlay/shields.ts';
import { toneLooks } from '#lib/picture/overlay/tones.ts';
import type { Palette } from '#lib/picture/palette.ts';
import { px } from '#lib/picture/px.ts';
import type { GraphView } from '#lib/picture/view.ts';
import { iconAt } from './svg-nodes.ts';
import { textAt } from './svg-parts.ts';
import { textWidth } from './text-width.ts';

/** What lines and shields mean, or what the signs of a comparison do. */
export type StampedEntry =
  | LegendEntry
  | { readonly kind: 'sign'; readonly sign: string; readonly text: string }
  | { readonly kind: 'note'; readonly text: string };

/** What is on the legend of the screen: lines, shields and a note, and beside another window how much changed. */
export function legendOf(
  graph: ShownGraph,
  { legend, note }: Pick<GraphView, 'legend' | 'note'>,
): readonly StampedEntry[] {
  return [...legend, ...changesIn(graph), ...(note === '' ? [] : [{ kind: 'note', text: note } as const])];
}

function changesIn(graph: ShownGraph): readonly StampedEntry[] {
  if (graph.compared === undefined) return [];
  const counts = countChanges(graph);
  return edgeChanges.map((change) => ({
    kind: 'sign',
    sign: changeSigns[change],
    text: `${counts[change]} ${changeNames[change]}`,
  }));
}

const size = 12;
const lineHeight = 22;
const markWidth = 26;
const markGap = 8;
const entryGap = 20;

/** The entries side by side from `x`, in as many rows as `width` asks for. */
export function legendMarkup(
  entries: readonly StampedEntry[],
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  palette: Palette,
): { readonly markup: string; readonly height: number } {
  let left = x;
  let top = y;
  const parts: string[] = [];
  for (const entry of entries) {
    const mark = entry.kind === 'note' ? 0 : (entry.kind === 'line' ? markWidth : 16) + markGap;
    const wide = mark + textWidth(entry.text, size);
    if (left > x && left + wide > x + width) {
      left = x;
      top += lineHeight;
    }
    parts.push(markMarkup(entry, left, top + lineHeight / 2, palette));
    parts.push(textAt(left + mark, top + lineHeight / 2 + 4, entry.text, { size, fill: palette.muted }));
    left += wide + entryGap;
  }
  return { markup: parts.join(''), height: entries.length === 0 ? 0 : top + lineHeight - y };
}

function markMarkup(entry: StampedEntry, x: number, y: number, palette: Palette): string {
  switch (entry.kind) {
    case 'note':
      return '';
    case 'sign':
      return textAt(x + 8, y + 4, entry.sign, { size, weight: 'bold', fill: palette.text, anchor: 'middle' });
    case 'shield':
      return iconAt(entry.shield, palette[shieldLooks[entry.shield].colour], { x, y, size: 16 });
    case 'line': {
      const { colour, dash, end, opacity } = toneLooks[entry.tone];
      const tip = x + markWidth - 1;
      const dashes =
        dash === null
          ? ''
          : ` stroke-dasharray="${dash.map((each) => px(Math.max(1.5, each * 0.75))).join(' ')}"`;
      const bar = end === 'tee' ? `<path d="M${px(tip)} ${px(y - 4)}v8"/>` : '';
      return `<g fill="none" stroke="${palette[colour]}" stroke-width="2" opacity="${px(Math.max(opacity, 0.55))}"><path d="M${px(x)} ${px(y)}H${px(tip)}"${dashes}/>${bar}</g>`;
    }
  }
}
