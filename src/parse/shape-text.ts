import { type Element, isTag, isText } from 'domhandler';
import { following, stripAndCollapseAsciiWhitespace } from './tree.ts';

/** White space that stands in no text which is stripped and collapsed, and between no groups of digits. */
const BORDER = '\t';

/**
 * The text of an element, with ASCII white space stripped and collapsed, and a tab wherever nothing but tags and white space is between
 * two digits: the text of `<s>40</s><b>30</b>` is `4030`, and has two numbers. Comments part nothing.
 */
export function textWithBorders(root: Element): string {
  const parts: string[] = [];
  let part = '';
  let endsInDigit = false;
  let isBorder = false;
  let parent = root.parent;
  for (let node = following(root, root); node !== null; node = following(node, root)) {
    if (isTag(node)) isBorder = true;
    if (!isText(node)) continue;
    isBorder ||= node.parent !== parent;
    ({ parent } = node);
    const written = node.data.trim();
    if (written !== '') {
      if (isBorder && endsInDigit && /^\d/.test(written)) {
        parts.push(part);
        part = '';
      }
      endsInDigit = /\d/.test(written.charAt(written.length - 1));
      isBorder = false;
    }
    part += node.data;
  }
  return [...parts, part].map(stripAndCollapseAsciiWhitespace).join(BORDER);
}
