import type { RobotsRule } from './metadata-parts.model.ts';
import type { PageFacts } from './page-facts.ts';

/** The names of `meta` that speak to robots: all of them, or one by its name. */
const AGENT = /^(?:robots|[a-z]+bot(?:-[a-z]+)?|slurp|teoma|yandex|baiduspider)$/;

/** What has a value after a colon: such a name is no robot's. */
const VALUED: ReadonlySet<string> = new Set(['unavailable_after', 'max-snippet', 'max-image-preview', 'max-video-preview']);

/** What robots are told by `meta` elements, then by `X-Robots-Tag`, whose parts may name a robot each. */
export function robotsRules({ document, metas }: PageFacts): RobotsRule[] {
  const byMeta = metas.flatMap(({ name, content }): RobotsRule[] => {
    const agent = name?.trim().toLowerCase() ?? '';
    if (content === null || !AGENT.test(agent)) return [];
    return [{ agent, directives: directivesOf(content), written: content, source: `meta[name=${agent}]` }];
  });
  const byField = (document.fields ?? []).filter(({ name }) => name.toLowerCase() === 'x-robots-tag');
  return [...byMeta, ...byField.flatMap(({ value }) => fieldRules(value))];
}

function fieldRules(value: string): RobotsRule[] {
  const rules: RobotsRule[] = [];
  for (const directive of directivesOf(value)) {
    const colon = directive.indexOf(':');
    const before = directive.slice(0, Math.max(colon, 0)).trim();
    const isNamed = before !== '' && !VALUED.has(before);
    const last = rules.at(-1);
    const said = isNamed ? directive.slice(colon + 1).trim() : directive;
    if (last !== undefined && !isNamed) last.directives.push(said);
    else rules.push({ agent: isNamed ? before : 'robots', directives: [said], written: value, source: 'http X-Robots-Tag' });
  }
  return rules;
}

/** In lower case up to a colon. A date may have a comma of its own. */
function directivesOf(written: string): string[] {
  const directives: string[] = [];
  let isDate = false;
  for (const part of written.split(',').map((piece) => piece.trim())) {
    if (isDate && /^\d/.test(part)) directives.push(`${directives.pop() ?? ''}, ${part}`);
    else if (part !== '') directives.push(part.replace(/^[^:]*/, (name) => name.toLowerCase()));
    isDate = /^unavailable_after\b/i.test(part);
  }
  return directives;
}
