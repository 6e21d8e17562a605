/** Where a chosen theme is kept; without an entry the system's preference holds. */
export const themeStorageKey = 'flowloom.theme';

/**
 * Runs before the first paint, so that a chosen theme never flashes the other one. It is text because
 * it stands inline in the document, under the page's nonce.
 */
export const themeScript = `(() => {
  let chosen = null;
  try { chosen = localStorage.getItem('${themeStorageKey}'); } catch {}
  const dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();`;
