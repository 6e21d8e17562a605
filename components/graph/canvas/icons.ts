import { iconLines, iconMarkup, type MarkName } from '#lib/picture/icons.ts';

const made = new Map<string, string>();

/** An icon as an image address; made once per icon and colour. */
export function iconImage(icon: MarkName, colour: string): string {
  const key = `${icon} ${colour}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 16 16" fill="none" stroke="${colour}" ${iconLines}>${iconMarkup(icon, colour)}</svg>`;
  const image = `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
  made.set(key, image);
  return image;
}
