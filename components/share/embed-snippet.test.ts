import { expect, it } from 'vitest';
import { embedSnippet } from './embed-snippet.ts';

const id = 'x'.repeat(22);

it('frames the embed, and nothing else', () => {
  const snippet = embedSnippet('https://flows.example.com', { id, name: 'checkout' });
  expect(snippet).toMatch(/^<iframe src="https:\/\/flows\.example\.com\/embed\/x{22}" title="checkout" /);
  expect(snippet).toContain('sandbox="allow-scripts');
  expect(embedSnippet('https://flows.example.com', { id, name: '' })).toContain('title="Flowloom graph"');
});

it('lets a name end neither its attribute nor the frame', () => {
  const snippet = embedSnippet('https://flows.example.com', { id, name: '"><script>alert(1)</script> & co' });
  expect(snippet).toContain('title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; co"');
});
