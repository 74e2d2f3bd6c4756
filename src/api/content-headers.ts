import type { Header } from './open-api.ts';

/** What an answer of bytes says of them: all that a JSON answer would have said of their target. */
export const CONTENT_HEADERS = {
  'Pagewire-Snapshot': {
    description: 'Id of the snapshot; any view takes it as `snapshot=`.',
    schema: { type: 'string', examples: ['p7Yf3v0bq1yQ8o2JmVwQ1g'] },
  },
  'Pagewire-Status': { description: 'Status code of the final response.', schema: { type: 'integer', examples: [200] } },
  'Pagewire-Final-Url': {
    description: 'URL of the final response; absent when it is longer than 4,096 characters.',
    schema: { type: 'string', examples: ['http://example.com/romeo.txt'] },
  },
  'Content-Disposition': {
    description: 'The name of a file to save it as. `attachment` for content of a target: that is no page of this server.',
    schema: { type: 'string', examples: ["attachment; filename*=UTF-8''romeo.txt"] },
  },
  'Content-Security-Policy': {
    description: 'Always a sandbox: nothing in the content runs on this origin.',
    schema: { type: 'string', examples: ["sandbox; default-src 'none'"] },
  },
} satisfies Readonly<Record<string, Header>>;
