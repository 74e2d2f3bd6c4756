import { ArgsType } from '@nestjs/graphql';
import { enumeration } from './enumeration.ts';
import { Parameter } from './parameter.decorator.ts';

export const CacheMode = enumeration(
  'CacheMode',
  {
    default: 'As HTTP caching allows (RFC 9111); equal requests at the same time are one retrieval.',
    reload: 'The target is retrieved anew, whatever is stored; what comes is stored.',
    'only-if-cached': 'Nothing is retrieved: a stored response answers, even a stale one unless it forbids that, or it is `NOT_CACHED`.',
  },
  "How a stored response may be used, in the Fetch standard's words.",
);
export type CacheMode = (typeof CacheMode)[keyof typeof CacheMode];

/** Redirects that a request may ask for. */
export const MOST_REDIRECTS = 20;

/** RFC 9110, section 5.5. */
const FIELD_VALUE = [/^[\t\u0020-\u007e\u0080-\u00ff]*$/, 'must be a field value: no control characters, nothing outside latin1'] as const;

/** What every endpoint takes that answers about a target. Exactly one of `url` and `snapshot` is given. */
@ArgsType()
export class TargetArgs {
  @Parameter({
    type: 'string',
    description: 'The target URL: absolute, http or https. Exactly one of `url` and `snapshot` is given.',
    example: 'https://example.com/',
  })
  url?: string;

  @Parameter({
    type: 'string',
    maxLength: 64,
    description: 'The id of a snapshot that an earlier answer named, in place of `url`: nothing is retrieved again.',
    example: 'p7Yf3v0bq1yQ8o2JmVwQ1g',
  })
  snapshot?: string;

  @Parameter({
    type: 'integer',
    minimum: 1,
    maximum: 3_600_000,
    description: 'Milliseconds for the whole retrieval, redirects included. At most, and by default, what the server allows.',
    example: 10000,
  })
  timeoutMs?: number;

  @Parameter({
    type: 'integer',
    minimum: 0,
    maximum: 2_147_483_647,
    description: 'Most bytes of content, after its content coding is undone. At most, and by default, what the server allows.',
    example: 1048576,
  })
  maxBytes?: number;

  @Parameter({
    type: 'integer',
    minimum: 0,
    maximum: MOST_REDIRECTS,
    default: 10,
    description: 'How many redirects are followed.',
    example: 5,
  })
  maxRedirects = 10;

  @Parameter({ type: 'boolean', default: false, description: 'Skips the checks of the certificate; the answer says so.', example: false })
  insecureTls = false;

  @Parameter({
    type: 'string',
    maxLength: 100,
    description: 'A label of the Encoding Standard to decode the content with, whatever it declares (a byte order mark still wins).',
    example: 'shift_jis',
  })
  encoding?: string;

  @Parameter({
    type: 'string',
    maxLength: 1000,
    pattern: FIELD_VALUE,
    description: 'The `User-Agent` to send.',
    example: 'example-bot/1.0',
  })
  userAgent?: string;

  @Parameter({
    type: 'string',
    maxLength: 1000,
    pattern: FIELD_VALUE,
    description: 'The `Accept-Language` to send.',
    example: 'de, en;q=0.5',
  })
  acceptLanguage?: string;

  @Parameter({ type: CacheMode, default: 'default', description: 'How a stored response may be used.', example: 'reload' })
  cache: CacheMode = 'default';
}
