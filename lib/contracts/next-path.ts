const here = 'http://flowloom.invalid';

/**
 * Where to go after signing in: a path of this server, else its start. Whatever a browser would read as
 * another host (`//host`, `/\host`, with tabs and line ends in between) is none of its paths.
 */
export function safeNextPath(asked: string | null | undefined): string {
  if (!asked?.startsWith('/') || asked.length > 4000 || !URL.canParse(asked, here)) return '/';
  const { origin, pathname, search, hash } = new URL(asked, here);
  const path = `${pathname}${search}${hash}`;
  if (origin !== here || path.startsWith('//') || path.includes('\\')) return '/';
  return /^\/(api|sign-in|first-admin)(\/|\?|#|$)/.test(path) ? '/' : path;
}

/** The sign-in page that leads back to a path. */
export function signInAddress(path: string, reason: string | null = null): string {
  const next = safeNextPath(path);
  const query = new URLSearchParams({
    ...(next === '/' ? {} : { next }),
    ...(reason === null ? {} : { reason }),
  });
  return query.size === 0 ? '/sign-in' : `/sign-in?${query}`;
}

/** Where signing in leads: to the path that was asked for, else to where somebody begins. */
export function afterSignIn(path: string): string {
  return path === '/' ? '/home' : path;
}
