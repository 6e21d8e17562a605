import { TokensScreen } from '#components/access/tokens-screen.tsx';

/** The API tokens of whoever looks. */
export default function TokensPage() {
  return <TokensScreen />;
}
