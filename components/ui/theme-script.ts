/** Where a chosen theme is kept; without an entry the system's preference holds. */
export const themeStorageKey = 'flowloom.theme';

/** Where a page is a part of somebody else's, whose theme its address may say (`?theme=dark`); nothing is kept there. */
export const framedPath = '/embed/';

/**
 * Runs before the first paint, so that a chosen theme never flashes the other one. It is text because
 * it stands inline in the document, under the page's nonce.
 */
export const themeScript = `(() => {
  let chosen = null;
  if (location.pathname.startsWith('${framedPath}')) chosen = new URLSearchParams(location.search).get('theme');
  else try { chosen = localStorage.getItem('${themeStorageKey}'); } catch {}
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();`;
