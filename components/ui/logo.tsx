/** The mark of the product, in the colour of the text around it. */
export function Logo({ className = 'size-[22px]' }: { readonly className?: string }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 32 32"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth="3"
      strokeLinecap="round"
    >
      <path d="M6 11c8 0 5 10 20 10M6 21c8 0 5-10 20-10" />
    </svg>
  );
}
