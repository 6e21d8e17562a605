import { LinksScreen } from '#components/share/links-screen.tsx';

/** The share links of whoever looks. */
export default function LinksPage() {
  return <LinksScreen />;
}
