/** The colours of the picture, read from the page's tokens: Cytoscape paints on a canvas and knows no variables. */
export type Palette = Readonly<
  Record<
    | 'canvas'
    | 'surface'
    | 'ground'
    | 'line'
    | 'text'
    | 'muted'
    | 'faint'
    | 'allowed'
    | 'denied'
    | 'dropped'
    | 'accent',
    string
  >
>;

/** The palette of the theme that is on. */
export function readPalette(): Palette {
  const styles = getComputedStyle(document.documentElement);
  const read = (name: string) => styles.getPropertyValue(`--${name}`).trim();
  return {
    canvas: read('canvas'),
    surface: read('surface'),
    ground: read('ground'),
    line: read('line'),
    text: read('text'),
    muted: read('muted'),
    faint: read('faint'),
    allowed: read('allowed'),
    denied: read('denied'),
    dropped: read('dropped'),
    accent: read('accent'),
  };
}
