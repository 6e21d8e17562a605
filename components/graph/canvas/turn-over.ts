/** Lets the browser do what waits, without waiting for a frame. */
export function turnOver(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
