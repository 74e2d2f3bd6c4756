import { Fragment, type ComponentChildren, type JSX } from 'preact';

/** Code, strong, emphasis, links, addresses: what stands between is text. */
const INLINE =
  /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]*)\]\(([^)\s]+)\)|<(https?:\/\/[^>\s]+)>|(?<![\w/`])(\/(?:docs|problems|limits|graphql|schema\.graphql|openapi\.json))(?![\w/])/g;

/** Text with code and links in it, as elements: whatever else looks like markup is text. */
export function Inline({ text }: { text: string }): JSX.Element {
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, code, strong, label, target = '', address, ours] = found;
    parts.push(text.slice(at, found.index));
    at = found.index + whole.length;
    if (code !== undefined) parts.push(<code>{code}</code>);
    else if (strong !== undefined) parts.push(<strong>{strong}</strong>);
    else if (address !== undefined || ours !== undefined) parts.push(<a href={address ?? ours ?? ''}>{address ?? ours}</a>);
    else if (/^(https?:\/\/|\/(?!\/)|#)/.test(target)) parts.push(<a href={target}>{<Inline text={label ?? ''} />}</a>);
    // A file of the project, which is not here.
    else parts.push(<Inline text={label ?? ''} />);
  }
  parts.push(text.slice(at));
  return (
    <>
      {parts.map((part, index) => (
        <Fragment key={index}>{part}</Fragment>
      ))}
    </>
  );
}

type Block =
  | { kind: 'heading'; text: string; level: number }
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'table'; head: string[]; rows: string[][] };

/** The blocks of a text; what follows a line without a blank one between belongs to it. */
function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.replaceAll('\r', '').split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const heading = /^(#{1,4}) (.*)$/.exec(line);
    const last = blocks.at(-1);
    if (line.startsWith('```')) {
      const end = lines.findIndex((other, index) => index > at && other.startsWith('```'));
      const stop = end === -1 ? lines.length : end;
      blocks.push({ kind: 'code', text: lines.slice(at + 1, stop).join('\n') });
      at = stop;
    } else if (heading !== null) blocks.push({ kind: 'heading', text: heading[2] ?? '', level: heading[1]?.length ?? 1 });
    else if (line.startsWith('|')) {
      const end = lines.findIndex((other, index) => index > at && !other.startsWith('|'));
      const rows = lines.slice(at, end === -1 ? undefined : end).map(cellsOf);
      blocks.push({ kind: 'table', head: rows[0] ?? [], rows: rows.slice(2) });
      at += rows.length - 1;
    } else if (/^[-*] /.test(line)) {
      if (last?.kind === 'list') last.items.push(line.slice(2));
      else blocks.push({ kind: 'list', items: [line.slice(2)] });
    } else if (line.trim() === '') blocks.push({ kind: 'text', text: '' });
    else if (last?.kind === 'text') last.text += `${last.text === '' ? '' : ' '}${line}`;
    else if (last?.kind === 'list') last.items.push(`${last.items.pop() ?? ''} ${line.trim()}`);
    else blocks.push({ kind: 'text', text: line });
  }
  return blocks.filter((block) => block.kind !== 'text' || block.text !== '');
}

const cellsOf = (line: string): string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

/** As much of Markdown as the contract and the README use, made of elements and texts. */
export function Markdown({ text, headings = 2 }: { text: string; headings?: number }): JSX.Element {
  return (
    <>
      {blocksOf(text).map((block, index) => (
        <MarkdownBlock key={index} block={block} headings={headings} />
      ))}
    </>
  );
}

function MarkdownBlock({ block, headings }: { block: Block; headings: number }): JSX.Element {
  if (block.kind === 'code') return <pre class="docs-code">{block.text}</pre>;
  if (block.kind === 'heading') {
    const Heading = `h${Math.min(6, headings + block.level - 2)}` as 'h2';
    return (
      <Heading>
        <Inline text={block.text} />
      </Heading>
    );
  }
  if (block.kind === 'list')
    return (
      <ul class="bullets">
        {block.items.map((item) => (
          <li key={item}>
            <Inline text={item} />
          </li>
        ))}
      </ul>
    );
  if (block.kind === 'text')
    return (
      <p>
        <Inline text={block.text} />
      </p>
    );
  return (
    <div class="docs-table-frame" tabIndex={0} role="region" aria-label={`Table: ${block.head.join(', ')}`}>
      <table class="docs-table">
        <thead>
          <tr>
            {block.head.map((cell, index) => (
              <th key={index} scope="col">
                <Inline text={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, at) => (
            <tr key={at}>
              {row.map((cell, index) => (
                <td key={index}>
                  <Inline text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
