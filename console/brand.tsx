import type { JSX } from 'preact';

/** The mark and the name, in a link. `docs/problem.html` has the same as markup: it needs no script. */
export function Brand({ href, label }: { href: string; label?: string }): JSX.Element {
  return (
    <a class="brand" href={href} aria-label={label}>
      <svg viewBox="0 0 40 24" aria-hidden="true">
        <path class="brand-came" d="M1 10h9l3-7 6 15 4-8h16" />
        <path class="brand-sent" d="M1 22h38" />
      </svg>
      pagewire
    </a>
  );
}
