/**
 * What is pasted into the source of a page. The frame may run its own scripts and open Flowloom beside the page, and
 * nothing of the page around it.
 */
export function embedSnippet(
  origin: string,
  { id, name }: { readonly id: string; readonly name: string },
): string {
  const title = escaped(name === '' ? 'Flowloom graph' : name);
  const may = 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox';
  return `<iframe src="${origin}/embed/${id}" title="${title}" width="100%" height="560" style="border:0" loading="lazy" referrerpolicy="no-referrer" sandbox="${may}"></iframe>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
