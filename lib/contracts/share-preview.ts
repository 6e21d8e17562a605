/**
 * What a chat or a wiki shows of a shared address. It comes from somebody who is not signed in, so it is the same
 * for every address: neither the name of a link nor anything of the estate is in it.
 */
export function sharePreview(serverAddress: string) {
  const [title, description] = [
    'A shared view in Flowloom',
    'Open it to see who talks to whom, as far as you may.',
  ];
  const image = { url: new URL('/share-preview.png', serverAddress).href, width: 1200, height: 630, alt: '' };
  return {
    description,
    openGraph: { type: 'website' as const, siteName: 'Flowloom', title, description, images: [image] },
    twitter: { card: 'summary_large_image' as const, title, description, images: [image.url] },
  };
}

/** The addresses that people hand on. */
export function isSharedPath(path: string): boolean {
  return /^\/(s|snapshots)\/[\w-]+/.test(path);
}
