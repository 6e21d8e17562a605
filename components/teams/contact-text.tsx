/** How somebody is reached: an address of mail or of the web leads there, anything else is read. */
export function ContactText({ text }: { readonly text: string }) {
  const href = hrefOf(text);
  if (href === null) return <span className="break-words">{text}</span>;
  return (
    <a href={href} rel="noreferrer" className="break-words text-accent hover:underline">
      {text}
    </a>
  );
}

function hrefOf(text: string): string | null {
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  return /^https?:\/\/\S+$/.test(text) ? text : null;
}
