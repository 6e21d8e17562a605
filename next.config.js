/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // The gate checks types, and `npm start` on a fresh clone should not wait for it a second time.
  typescript: { ignoreBuildErrors: true },
  // They stay ordinary packages: pg looks for its native variant, pino for its transports.
  serverExternalPackages: ['pg', 'pg-copy-streams', 'pino'],
  // The content security policy is proxy.ts's, since every page has a nonce of its own.
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'Referrer-Policy', value: 'no-referrer' },
        { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
        { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
        { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()' },
      ],
    },
  ],
};
