import { type NextRequest, NextResponse } from 'next/server';

/**
 * Gives every page its content security policy with a nonce of its own, notes which path was asked for (a
 * layout cannot tell, and sign-in leads back there), and nothing else. Whose pages may frame it is looked up for
 * embeds alone: every other page is nobody's to frame, and waits for nothing.
 *
 * The matcher leaves out /api: Next cuts request bodies at 10 MB on every path a proxy covers. What is no page
 * has its policy from next.config.js.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, {
    isDevelopment: process.env.NODE_ENV === 'development',
    // What a proxy before us says: whoever sends it without one only hurries their own browser.
    ancestors: await ancestorsOf(request.nextUrl.pathname),
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

async function ancestorsOf(path: string): Promise<string> {
  if (!path.startsWith('/embed/')) return "'none'";
  const { frameAncestors } = await import('#lib/http/embed-frames.ts');
  return frameAncestors(path);
}

/** `style-src-attr` stays open: positions of popovers and rows are style attributes, which cannot carry a nonce. */
function contentSecurityPolicy(
  nonce: string,
  {
    isDevelopment,
    isHttps,
    ancestors,
  }: { readonly isDevelopment: boolean; readonly isHttps: boolean; readonly ancestors: string },
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
    `frame-ancestors ${ancestors}`,
    ...(isHttps ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}
