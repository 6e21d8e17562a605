import { preload } from 'react-dom';

/**
 * Has the browser ask the API for these with the first bytes of the page, while its scripts are still on their
 * way: what the screen asks for later under the same address is the answer that has come. It stands in the page as
 * an element: a hint alone travels in the data of the page, which nobody reads before the scripts do. Whoever comes
 * from another screen has those, and the hint.
 */
export function FetchEarly({ addresses }: { readonly addresses: readonly string[] }) {
  for (const address of addresses) preload(address, { as: 'fetch', crossOrigin: 'anonymous' });
  return addresses.map((address) => (
    <link key={address} rel="preload" as="fetch" crossOrigin="anonymous" href={address} />
  ));
}
