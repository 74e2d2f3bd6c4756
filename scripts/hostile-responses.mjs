/** Prints, as Markdown, every hostile response that the tests play and what is answered about it. */
import { HOSTILE } from '../test/support/hostile/table.ts';

function said(expected) {
  if (!('code' in expected)) return `the content, status ${expected.status}`;
  const phases = expected.phases.filter((phase) => phase !== null).map((phase) => `\`${phase}\``);
  return phases.length === 0 ? `\`${expected.code}\`` : `\`${expected.code}\` in ${phases.join(' or ')}`;
}

const rows = Object.entries(HOSTILE).flatMap(([kind, hostile]) =>
  hostile.map(({ name, expected, over10 = expected }) => [kind, name, said(expected), said(over10)]),
);
const lines = [['in', 'the origin sends or does', 'answer', 'of `/wire` over HTTP/1.0'], ['---', '---', '---', '---'], ...rows];
process.stdout.write(lines.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`).join(''));
