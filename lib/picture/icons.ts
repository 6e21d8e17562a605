import type { Shield } from './overlay/overlay.ts';
import { dottedOutline, shieldLooks, shieldOutline } from './overlay/shields.ts';
import type { Palette } from './palette.ts';
import type { IconName } from './view.ts';

/** What is drawn on a node: what it is, or that there is traffic inside. */
export type MarkName = IconName | 'inside';

/** Outlines on a 16 by 16 grid, drawn for this picture. */
const outlines: Readonly<Record<MarkName, string>> = {
  inside: '<path d="M13 8.2a5 5 0 1 1-1.7-3.950M11.8 1.7v2.7H9.1"/>',
  'shield-full': shieldMarkup('shield-full'),
  'shield-part': shieldMarkup('shield-part'),
  'shield-none': shieldMarkup('shield-none'),
  'shield-unknown': shieldMarkup('shield-unknown'),
  cube: '<path d="M8 1.7 13.5 4.8v6.4L8 14.3 2.5 11.200V4.800Z"/><path d="M2.7 4.9 8 8l5.3-3.100M8 8v6"/>',
  globe: '<circle cx="8" cy="8" r="6.2"/><ellipse cx="8" cy="8" rx="2.7" ry="6.2"/><path d="M1.8 8h12.4"/>',
  network:
    '<rect x="5.8" y="1.8" width="4.4" height="3.8" rx="1"/><rect x="1.8" y="10.4" width="4.4" height="3.8" rx="1"/><rect x="9.8" y="10.4" width="4.4" height="3.8" rx="1"/><path d="M8 5.600V8M4 10.400V8h8v2.4"/>',
  server:
    '<rect x="2" y="2.3" width="12" height="4.9" rx="1.3"/><rect x="2" y="8.8" width="12" height="4.9" rx="1.3"/><path d="M4.8 4.750h.01M4.8 11.250h.01"/>',
  cloud: '<path d="M4.7 12.800a3.2 3.2 0 0 1-.3-6.4 4.1 4.1 0 0 1 7.9.9 2.8 2.8 0 0 1-.6 5.500Z"/>',
  set: '<path d="M8 2 14 5.2 8 8.4 2 5.200Z"/><path d="m2.4 8.2 5.6 3 5.6-3M2.4 11l5.6 3 5.6-3"/>',
  service: '<circle cx="8" cy="8" r="2.2"/><circle cx="8" cy="8" r="6.2"/>',
  layers: '<path d="M8 1.900 14 5 8 8.100 2 5Z"/><path d="M2.3 8 8 11l5.7-3M2.3 11 8 14l5.7-3"/>',
  port: '<rect x="2.2" y="2.2" width="11.6" height="11.600" rx="2.2"/><path d="M5 9.900V8.200h6v1.700M8 8.200V5.800"/>',
  unknown:
    '<circle cx="8" cy="8" r="6.2"/><path d="M6.2 6.200a1.9 1.9 0 1 1 2.7 1.900c-.6.3-.9.6-.9 1.200M8 11.600h.01"/>',
};

/** The shapes of an icon in a colour, as SVG without its frame, which says how lines are drawn: `iconLines`. */
export function iconMarkup(icon: MarkName, colour: string): string {
  return outlines[icon].replace('FILL', colour);
}

/** How the lines of an icon are drawn on its grid. */
export const iconLines = 'stroke-width="1.35" stroke-linecap="round" stroke-linejoin="round"';

/** Shields say something by their colour; what a node is says none. */
export function iconColour(icon: IconName, palette: Palette): string {
  return palette[isShield(icon) ? shieldLooks[icon].colour : 'muted'];
}

function isShield(icon: IconName): icon is Shield {
  return Object.hasOwn(shieldLooks, icon);
}

function shieldMarkup(shield: Shield): string {
  const { sign, isFilled, isDotted } = shieldLooks[shield];
  const fill = isFilled ? ' fill="FILL" fill-opacity="0.2"' : '';
  const dots = isDotted ? ` stroke-dasharray="${dottedOutline}"` : '';
  return `<path d="${shieldOutline}"${fill}${dots}/><path d="${sign}"/>`;
}
