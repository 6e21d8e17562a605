import type { Size } from '#lib/graph/layout/types.ts';
import type { Insets } from './viewport.ts';

const resizeQuietMs = 90;

export function sizeOf(container: HTMLElement): Size {
  return { width: container.clientWidth, height: container.clientHeight };
}

/** What of the canvas nothing floats over. */
export function freeScreen({ width, height }: Size, insets: Insets): Size {
  return {
    width: Math.max(240, width - insets.left - insets.right),
    height: Math.max(160, height - insets.top - insets.bottom),
  };
}

/** Waits for a quiet moment: panels that slide would ask for a layout on every frame. */
export function watchSize(container: HTMLElement, changed: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = new ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(changed, resizeQuietMs);
  });
  observer.observe(container);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}
