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
    | 'staged'
    | 'accent'
    | 'volume-1'
    | 'volume-2'
    | 'volume-3'
    | 'volume-4',
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
    staged: read('staged'),
    accent: read('accent'),
    'volume-1': read('volume-1'),
    'volume-2': read('volume-2'),
    'volume-3': read('volume-3'),
    'volume-4': read('volume-4'),
  };
}
