import type { Rect } from '#lib/graph/layout/types.ts';
import { cutMiddle } from '#lib/kit/cut-middle.ts';
import { iconColour, iconLines, iconMarkup, type MarkName } from '#lib/picture/icons.ts';
import { nodeSize } from '#lib/picture/node-size.ts';
import type { Palette } from '#lib/picture/palette.ts';
import { px } from '#lib/picture/px.ts';
import type { NodeView } from '#lib/picture/view.ts';
import { textAt } from './svg-parts.ts';
import { textWidth } from './text-width.ts';
import { xmlText } from './xml-text.ts';

const cornerOfBox = 8;
const cornerOfFrame = 12;

/** Where the name of a frame stands, from its upper edge, and what stays free beside it. */
const frameTitle = { down: 19, beside: 10 };

/** A node as the canvas draws it: its box, what it is, its name, and whether there is traffic inside. */
export function nodeMarkup(node: NodeView, rect: Rect, palette: Palette): string {
  const { scale } = node;
  const left = rect.x - rect.width / 2;
  const inside = node.inside === null ? 0 : nodeSize.inside;
  const room = rect.width - (nodeSize.textLeft + nodeSize.textRight + inside) * scale;
  const icon = iconAt(node.icon, iconColour(node.icon, palette), {
    x: left + nodeSize.iconLeft * scale,
    y: rect.y,
    size: nodeSize.icon * scale,
  });
  const mark =
    node.inside === null
      ? ''
      : iconAt('inside', palette[node.inside], {
          x: left + rect.width - (nodeSize.mark + nodeSize.iconLeft) * scale,
          y: rect.y,
          size: nodeSize.mark * scale,
        });
  const size = nodeSize.fontSize * scale;
  const name = textAt(left + nodeSize.textLeft * scale, rect.y + size * 0.36, node.label, {
    size,
    weight: 'medium',
    fill: node.isExternal ? palette.muted : palette.text,
    room,
  });
  return `<title>${xmlText(node.name)}</title>${box(rect, cornerOfBox, boxLook(node, palette))}${icon}${name}${mark}`;
}

/** A frame around what is inside of an open node, its name in the upper margin. */
export function frameMarkup(node: NodeView, rect: Rect, palette: Palette): string {
  const edge = node.deniedHere > 0 ? palette.denied : palette.faint;
  const look = `fill="${palette.canvas}" fill-opacity="0.72" stroke="${edge}" stroke-opacity="0.8"`;
  const size = nodeSize.fontSize * node.scale;
  const room = rect.width - 2 * frameTitle.beside;
  const name = textAt(rect.x, rect.y - rect.height / 2 + frameTitle.down, cutTo(node.label, room, size), {
    size,
    weight: 'bold',
    fill: palette.muted,
    anchor: 'middle',
    room,
  });
  return `<title>${xmlText(node.name)}</title>${box(rect, cornerOfFrame, look)}${name}`;
}

/** Around the box of what is selected. */
export function haloMarkup(rect: Rect, palette: Palette): string {
  const wider = { ...rect, width: rect.width + 8, height: rect.height + 8 };
  return box(
    wider,
    cornerOfBox + 4,
    `fill="${palette.accent}" fill-opacity="0.16" stroke="${palette.accent}" stroke-width="2"`,
  );
}

function cutTo(name: string, room: number, size: number): string {
  let most = [...name].length;
  while (most > 3 && textWidth(cutMiddle(name, most), size, 'bold') > room) most -= 1;
  return cutMiddle(name, most);
}

function box({ x, y, width, height }: Rect, corner: number, look: string): string {
  return `<rect x="${px(x - width / 2)}" y="${px(y - height / 2)}" width="${px(width)}" height="${px(height)}" rx="${corner}" ${look}/>`;
}

function boxLook({ isExternal, deniedHere }: NodeView, palette: Palette): string {
  const dash = isExternal ? ' stroke-dasharray="3.5 2.5"' : '';
  const fill = isExternal ? palette.ground : palette.surface;
  if (deniedHere > 0) return `fill="${fill}" stroke="${palette.denied}" stroke-width="1.6"${dash}`;
  return isExternal
    ? `fill="${fill}" stroke="${palette.faint}" stroke-opacity="0.65"${dash}`
    : `fill="${fill}" stroke="${palette.line}"`;
}

type IconPlace = { readonly x: number; readonly y: number; readonly size: number };

/** An icon with its left edge at `x` and its middle at `y`. */
export function iconAt(icon: MarkName, colour: string, { x, y, size }: IconPlace): string {
  return `<g transform="translate(${px(x)} ${px(y - size / 2)}) scale(${px(size / 16)})" fill="none" stroke="${colour}" ${iconLines}>${iconMarkup(icon, colour)}</g>`;
}
