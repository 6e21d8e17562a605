/** The colours of the picture, by the tokens of app/globals.css; a test holds both together. */
export const paletteNames = [
  'canvas',
  'surface',
  'ground',
  'line',
  'text',
  'muted',
  'faint',
  'allowed',
  'denied',
  'dropped',
  'staged',
  'accent',
  'volume-1',
  'volume-2',
  'volume-3',
  'volume-4',
] as const;

export type Palette = Readonly<Record<(typeof paletteNames)[number], string>>;

/** For whoever draws where there is no page. */
export const palettes: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    canvas: '#fbfcfd',
    surface: '#ffffff',
    ground: '#f7f8fa',
    line: '#dfe3e9',
    text: '#16202c',
    muted: '#566375',
    faint: '#93a0b0',
    allowed: '#2b7bba',
    denied: '#c23c06',
    dropped: '#8f6600',
    staged: '#8a5cc2',
    accent: '#0f766e',
    'volume-1': '#86b3d9',
    'volume-2': '#4a8cc4',
    'volume-3': '#1f64a3',
    'volume-4': '#0a3a6b',
  },
  dark: {
    canvas: '#0f141b',
    surface: '#171e27',
    ground: '#0d1117',
    line: '#2b3542',
    text: '#e6edf4',
    muted: '#9aa8b8',
    faint: '#667486',
    allowed: '#5aa9e6',
    denied: '#ff7a45',
    dropped: '#e0b040',
    staged: '#b794f0',
    accent: '#2dd4bf',
    'volume-1': '#35597a',
    'volume-2': '#4b86b8',
    'volume-3': '#7ab8ea',
    'volume-4': '#c8e6ff',
  },
};

export type Theme = keyof typeof palettes;
