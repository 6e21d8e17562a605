'use client';

import type { DrawnPicture } from '../canvas/controller.ts';
import { type ShownPicture, svgElement } from './shown-picture.ts';

/** The picture on paper: as a file it has its window and legend on it, and is sharp. */
export function PrintedPicture({
  picture,
  drawn,
}: {
  readonly picture: ShownPicture;
  readonly drawn: () => DrawnPicture | null;
}) {
  const put = (place: HTMLElement | null) => {
    const now = drawn();
    // In the page and not as an image, which the printer would not wait for.
    if (place && now) place.replaceChildren(svgElement(picture, now));
  };
  return <div ref={put} className="hidden break-inside-avoid print:block [&>svg]:max-h-[96vh]" />;
}
