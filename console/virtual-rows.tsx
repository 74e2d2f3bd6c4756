import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Rows drawn beyond what is seen, so that nothing is missing while it scrolls. */
const MARGIN = 12;

interface VirtualRowsProps {
  count: number;
  /** Pixels of a row; all are alike. */
  height?: number;
  /** What the list is called. */
  label: string;
  /** Draws a row; its place among all is said by whoever lists it. */
  row: (index: number) => JSX.Element;
  /** Drawn above, and kept in sight. */
  head?: JSX.Element;
  /** What it is a list of: another one begins at its top, and so does one of another length unless this is said. */
  of?: string;
  role?: 'table' | 'region';
  class?: string;
}

/** A list of any length of which only the rows in sight are in the page. */
export function VirtualRows({
  count,
  height = 28,
  label,
  row,
  head,
  of,
  role = 'region',
  class: name = '',
}: VirtualRowsProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 800 });
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const look = (): void => {
      setSeen({ top: element.scrollTop, height: element.clientHeight });
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, []);
  useEffect(() => {
    place.current?.scrollTo({ top: 0 });
  }, [of ?? count]);
  const first = Math.max(0, Math.floor(seen.top / height) - MARGIN);
  const last = Math.min(count, Math.ceil((seen.top + seen.height) / height) + MARGIN);
  const rows = Array.from({ length: Math.max(0, last - first) }, (_, index) => row(first + index));
  return (
    <div
      ref={place}
      class={`rows ${name}`}
      role={role}
      aria-label={label}
      tabIndex={0}
      {...(role === 'table' && { 'aria-rowcount': count + (head === undefined ? 0 : 1) })}
    >
      {head}
      <div class="rows-all" role={role === 'table' ? 'rowgroup' : 'none'} style={{ height: `${count * height}px` }}>
        <div class="rows-seen" role="none" style={{ transform: `translateY(${first * height}px)` }}>
          {rows}
        </div>
      </div>
    </div>
  );
}
