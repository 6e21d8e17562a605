/** Expressions to begin with, offered in an empty box. */
export const starters: Readonly<
  Record<'find' | 'hide', readonly { readonly text: string; readonly about: string }[]>
> = {
  find: [
    { text: 'verdict == "denied"', about: 'denied by a policy' },
    { text: 'verdict == "dropped"', about: 'lost for another reason' },
    { text: 'dest.name == "public"', about: 'out to the internet' },
  ],
  hide: [
    { text: 'port == 53', about: 'name lookups' },
    { text: 'source.kind == "host"', about: 'probes of the nodes' },
    { text: 'namespace in {"kube-system", "calico-system"}', about: 'the platform' },
  ],
};
