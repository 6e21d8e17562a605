import { preload } from 'react-dom';
import { EarlyLinks } from '#components/graph/early-links.tsx';

/**
 * Has the browser ask the API for these while the scripts of the page are still on their way: what the screen asks
 * for later under the same address is the answer that has come. A hint alone travels in the data of the page, which
 * is read when the scripts are: in time for whoever comes from another screen, and has those.
 */
export function FetchEarly({ addresses }: { readonly addresses: readonly string[] }) {
  for (const address of addresses) preload(address, { as: 'fetch', crossOrigin: 'anonymous' });
  return <EarlyLinks addresses={addresses} />;
}
