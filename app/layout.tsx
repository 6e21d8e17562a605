import { CSPProvider } from '@base-ui/react/csp-provider';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { themeScript } from '#components/ui/theme-script.ts';
import './globals.css';

export const metadata: Metadata = {
  title: 'Flowloom',
  description: 'Who talks to whom in a Kubernetes estate, and which policy let them.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f8fa' },
    { media: '(prefers-color-scheme: dark)', color: '#0d1117' },
  ],
};

/** The document. It reads the request's nonce, so pages are rendered per request; they hold no data of their own. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* Browsers hide a nonce from scripts, so React sees another value than the server sent. */}
        <script
          nonce={nonce}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, which has to run before the first paint
          dangerouslySetInnerHTML={{ __html: themeScript }}
        />
        {/* Cytoscape adds this element itself where it is missing, without the nonce that the policy asks for.
            What it would say (position: relative) is not wanted here: the container is placed by its own classes. */}
        <style id="__________cytoscape_stylesheet" nonce={nonce} suppressHydrationWarning />
      </head>
      <body>
        <CSPProvider nonce={nonce}>{children}</CSPProvider>
      </body>
    </html>
  );
}
