const powers = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'microphone',
  'midi',
  'payment',
  'usb',
];

/** What no answer lacks, whether page, file or API. */
const everywhere = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Permitted-Cross-Domain-Policies', value: 'none' },
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: powers.map((power) => `${power}=()`).join(', ') },
];

/** On all but embeds, which the pages of listed sites may frame: proxy.ts says which. */
const unframed = [{ key: 'X-Frame-Options', value: 'DENY' }];

/** An answer that is no page: opened as one, it may do nothing. */
const noPage = [
  {
    key: 'Content-Security-Policy',
    value: "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
  },
];

const noPages = ['/api/:path*', '/health', '/ready', '/metrics', '/icon.svg'];

/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // The gate checks types, and `npm start` on a fresh clone should not wait for it a second time.
  typescript: { ignoreBuildErrors: true },
  // They stay ordinary packages: pg looks for its native variant, pino for its transports.
  serverExternalPackages: ['pg', 'pg-copy-streams', 'pino', 'prom-client'],
  // The settings begin with what everybody has.
  redirects: async () => [{ source: '/settings', destination: '/settings/access', permanent: false }],
  // The content security policy is proxy.ts's, since every page has a nonce of its own.
  headers: async () => [
    { source: '/:path*', headers: everywhere },
    { source: '/((?!embed/[\\w-]{22}$).*)', headers: unframed },
    ...noPages.map((source) => ({ source, headers: noPage })),
    {
      source: '/:path*',
      // A promise that only holds where somebody ends TLS in front of us; over plain HTTP browsers ignore it.
      has: [{ type: 'header', key: 'x-forwarded-proto', value: 'https' }],
      headers: [{ key: 'Strict-Transport-Security', value: 'max-age=31536000' }],
    },
  ],
};
