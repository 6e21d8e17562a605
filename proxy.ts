import { type NextRequest, NextResponse } from 'next/server';

/**
 * Gives every page its content security policy with a nonce of its own, notes which path was asked for (a
 * layout cannot tell, and sign-in leads back there), and nothing else.
 *
 * The matcher leaves out /api: Next cuts request bodies at 10 MB on every path a proxy covers. What is no page
 * has its policy from next.config.js.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, {
    isDevelopment: process.env.NODE_ENV === 'development',
    // What a proxy before us says: whoever sends it without one only hurries their own browser.
    isHttps: request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https',
  });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('x-asked-path', `${request.nextUrl.pathname}${request.nextUrl.search}`);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = {
  matcher: ['/((?!api/|api$|health$|ready$|metrics$|_next/static|_next/image|icon.svg|favicon.ico).*)'],
};

/** `style-src-attr` stays open: positions of popovers and rows are style attributes, which cannot carry a nonce. */
function contentSecurityPolicy(
  nonce: string,
  { isDevelopment, isHttps }: { readonly isDevelopment: boolean; readonly isHttps: boolean },
): string {
  const development = isDevelopment ? " 'unsafe-eval'" : '';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isHttps ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}
