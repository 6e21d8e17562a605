'use client';

import { useInBrowser } from '#components/ui/use-in-browser.ts';

/**
 * Asks the API for these with the first bytes of a page. Only there: a screen that is gone back to would ask again
 * for what it showed.
 */
export function EarlyLinks({ addresses }: { readonly addresses: readonly string[] }) {
  const isInBrowser = useInBrowser();
  if (isInBrowser) return null;
  return addresses.map((address) => (
    <link key={address} rel="preload" as="fetch" crossOrigin="anonymous" href={address} />
  ));
}
