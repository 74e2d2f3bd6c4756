import type { ProblemCode } from './problem.ts';

/** Why a problem happens, and what helps, a sentence each. */
interface Advice {
  causes: readonly string[];
  advice: readonly string[];
}

/** What {@link PROBLEM_MEANINGS} says in short, at length: for the page that a problem's `type` leads to. */
export const PROBLEM_ADVICE: Readonly<Record<ProblemCode, Advice>> = {
  INVALID_REQUEST: {
    causes: [
      'A parameter is unknown here, is missing, is given twice, or is out of its bounds.',
      'The target URL has no scheme, has user information in it, or has a backslash or a control character.',
      'A POST has a query beside its JSON body, or its body is no JSON object.',
      'An operation of the graph does not fit the schema, or asks for more than one operation may.',
    ],
    advice: [
      'Read `errors`: each entry names a parameter and says what it must be.',
      '/docs has every parameter with its type and its bounds.',
      'Encode values of the query, above all `&`, `#` and `+`, or send them as JSON by POST.',
    ],
  },
  INVALID_SELECTOR: {
    causes: [
      'The CSS selector has a mistake, or uses what only makes sense in a browser with a reader before it.',
      'The XPath expression has a mistake, names a function that is not there, or fails while it is evaluated.',
    ],
    advice: [
      'Read `errors`: it has the place, as the offset in a selector, line and column in an XPath, the JSON Pointer in a shape.',
      'Try the selector at /select before it goes into a shape of /extract.',
    ],
  },
  UNAUTHORIZED: {
    causes: ['The request has no API key, and this server wants one.', 'The key is none that this server knows.'],
    advice: [
      'Send it as `Authorization: Bearer <key>` or as `X-API-Key: <key>`. A key in the query is not read.',
      'Whoever runs the server sets the keys (`API_KEYS`).',
      'The console and /docs ask for a key and keep it for as long as the tab is open.',
    ],
  },
  TARGET_FORBIDDEN: {
    causes: [
      'The target, or what a redirect leads to, is no public address: this machine, a private network, a name that exists in no public DNS.',
      'The port belongs to another service than HTTP, as 25 does to SMTP.',
      'A redirect leads to another scheme than http and https, or to a URL with user information.',
      'Whoever runs the server has refused it (`DENY_TARGETS`).',
    ],
    advice: [
      'Nothing was sent there, and asking again changes nothing.',
      'Whoever runs the server may allow addresses, networks and names with `ALLOW_TARGETS`.',
      'Where a redirect is refused, `maxRedirects=0` shows the redirect itself.',
    ],
  },
  NOT_FOUND: {
    causes: ['The path has a slip of the pen, or a slash at its end.', 'A page about a problem was asked for by a code that there is not.'],
    advice: ['/docs lists every endpoint, /problems every code.', 'Paths are in lower case.'],
  },
  SNAPSHOT_NOT_FOUND: {
    causes: [
      'It has expired: snapshots live as long as /limits says (`SNAPSHOT_TTL_S`).',
      'It was displaced: when memory is short, the snapshots that nobody asked for go first.',
      'The server was started anew, or another process behind the same name has it.',
    ],
    advice: [
      'Ask again with `url=` in place of `snapshot=`.',
      'Ask all that you need of a snapshot soon, or keep it as `.har` or `.warc`.',
    ],
  },
  JOB_NOT_FOUND: {
    causes: [
      'It has expired, or was deleted.',
      'It was begun with another API key: a job is seen by the key that began it alone.',
      'The id has a slip of the pen.',
    ],
    advice: [
      '/batches and /crawls list the jobs that there are for your key, /watches the watches, /webhooks/deliveries what is told of them.',
      'Read results soon after they are there, or begin the job again.',
    ],
  },
  METHOD_NOT_ALLOWED: {
    causes: ['The endpoint is there, but for another method.'],
    advice: [
      'The `Allow` field of the answer names the methods that it has.',
      'Parameters go into the query of a GET, or into the JSON body of a POST.',
    ],
  },
  REQUEST_TIMEOUT: {
    causes: ['The request itself came too slowly: its head within 10 s, all of it within `REQUEST_TIMEOUT_MS`.'],
    advice: ['Send it again over a new connection; this one is closed.', 'It has nothing to do with the target, which was not asked.'],
  },
  PAYLOAD_TOO_LARGE: {
    causes: ['The JSON body is larger than this server takes: as large as the content of a target may be, 1 MiB at least.'],
    advice: ['Have the server retrieve the page by its `url` in place of sending it as `html`.', '/limits says how much it takes.'],
  },
  UNSUPPORTED_MEDIA_TYPE: {
    causes: ['The body of the request is not declared as JSON: forms and text are not read.', 'The body is compressed.'],
    advice: [
      'Send `Content-Type: application/json`, and the body without `Content-Encoding`.',
      'With curl: `-H "Content-Type: application/json" -d @body.json`.',
    ],
  },
  NOT_A_DOCUMENT: {
    causes: [
      'A view of a document was asked for of what is none: a picture, an archive, a plain text.',
      'The target declares a media type that does not fit its content.',
    ],
    advice: [
      '/body gives the content as it is, /fetch says what it is.',
      'Plain text has words (`/wordcount`), characters (`/encode`) and links by regular expression (`/links?method=regex`).',
    ],
  },
  PARSE_LIMIT_EXCEEDED: {
    causes: [
      'The document takes longer to read than `PARSE_TIMEOUT_MS`, or more memory than `PARSE_MEMORY_MB`.',
      'Its elements stand too deep within each other, or there are too many of them.',
      'The answer would be larger than an answer may be.',
    ],
    advice: [
      'Ask for less: `limit` and `offset`, or `fields` with the members that you need.',
      'A simpler selector is faster: `:has()` within `:has()` is not.',
      '/body and `/wordcount?source=raw` read no tree.',
    ],
  },
  RATE_LIMITED: {
    causes: [
      'This caller has made more requests and retrievals within a minute than it may: `RATE_LIMIT_PER_MINUTE`.',
      'Too many keys that are not known here came from this address.',
    ],
    advice: [
      'Wait as many seconds as `Retry-After` says; the fields `RateLimit` and `RateLimit-Policy` of every answer say how much is left.',
      'Fetch once, ask many: what is asked of a `snapshot` costs no retrieval.',
    ],
  },
  QUOTA_EXCEEDED: {
    causes: ['There are as many jobs as there may be, of one key or in all.', 'Their results take as much room as they may.'],
    advice: [
      'Delete jobs whose results you have (`DELETE /batches/{id}`, `DELETE /crawls/{id}`), or wait until they expire.',
      '`Retry-After` says when to ask again.',
    ],
  },
  INTERNAL: {
    causes: ['Something that nobody foresaw: it is a mistake of this server, not of yours.'],
    advice: ['Tell whoever runs the server the `requestId`: its log has more under it.', 'The same request will most likely fail again.'],
  },
  DNS_FAILED: {
    causes: ['The name does not exist, or has no address.', 'The name servers did not answer.'],
    advice: ['Look at the spelling of the host.', 'Where `detail` says that name servers did not answer, try again in a while.'],
  },
  CONNECTION_REFUSED: {
    causes: ['The machine is there, but nothing listens at that port.', 'A firewall refuses the connection.'],
    advice: ['Look at the port, and whether it is http or https.', 'The service may be starting: try again in a while.'],
  },
  CONNECTION_RESET: {
    causes: [
      'The target, or something on the way to it, ended the connection before the response was whole.',
      'Some servers do so to programs that they do not know.',
    ],
    advice: ['Try again; then with another `userAgent`.', '/wire shows what had come by then.'],
  },
  CONNECTION_FAILED: {
    causes: ['There is no way to that network or machine.', 'None of the addresses of the name can be connected to.'],
    advice: ['Try again in a while.', '`detail` has the reason as the operating system says it.'],
  },
  TLS_FAILED: {
    causes: [
      'The certificate has expired, is for another name, or comes from an authority that is not known.',
      'The port does not speak TLS, or no version and cipher that both know.',
    ],
    advice: [
      '`detail` says what is wrong with the certificate, in words.',
      '`insecureTls=true` retrieves it all the same, and the answer says so.',
      'Look whether the target is http rather than https.',
    ],
  },
  MALFORMED_RESPONSE: {
    causes: [
      'What came is not HTTP: the status line, a header field or a length cannot be read.',
      'The content was cut short: the connection ended before its length or its last chunk.',
      'The `Location` of a redirect is no URL.',
    ],
    advice: ['/wire shows what came, byte for byte, where it came at all.', 'Try again: a content that was cut short may come whole.'],
  },
  CONTENT_CODING_FAILED: {
    causes: [
      'The content is not compressed as `Content-Encoding` says, or is cut short.',
      'It is coded more often, or in another coding, than is undone here.',
    ],
    advice: [
      'Ask the target for another coding: a POST with `"headers": [{"name": "Accept-Encoding", "value": "identity"}]`.',
      '/headers reads the head alone.',
    ],
  },
  TOO_MANY_REDIRECTS: {
    causes: ['The redirects lead in a circle, often because a cookie is missing.', 'There are more of them than `maxRedirects`.'],
    advice: [
      '`exchanges` of the problem has each redirect, in order.',
      '`maxRedirects=0` answers with the first redirect itself; at most 20 are followed.',
    ],
  },
  RESPONSE_TOO_LARGE: {
    causes: ['The content is larger than `maxBytes`, or than this server allows.', 'The head has more than this server allows.'],
    advice: ['Ask with a larger `maxBytes`, as far as /limits says.', '/headers reads the head alone.'],
  },
  OVERLOADED: {
    causes: [
      'All places for retrievals, or for reading documents, are taken, and the queue is full or too slow.',
      'The server was told to stop.',
    ],
    advice: [
      'Wait as many seconds as `Retry-After` says, and ask fewer things at a time.',
      'Whoever runs the server finds in /metrics what there is too much of.',
    ],
  },
  DATABASE_UNAVAILABLE: {
    causes: ['The database of jobs cannot be reached, or its folder cannot be written or is used by another process.'],
    advice: [
      'Wait as many seconds as `Retry-After` says: jobs that were taken on are not lost.',
      'Everything but /batches and /crawls is answered as ever.',
      '/health/ready says how the database is.',
    ],
  },
  TARGET_TIMEOUT: {
    causes: ['The target is slow, or silent: `phase` says in which part of the retrieval.', '`timeoutMs` is less than it needs.'],
    advice: ['Ask with a larger `timeoutMs`, as far as /limits says.', 'Try again: the target may answer later.'],
  },
  NOT_CACHED: {
    causes: [
      '`cache=only-if-cached` was asked, and nothing is stored for this request.',
      'What is stored must not be used without asking the target.',
    ],
    advice: ['Ask without `cache=only-if-cached`, once: what comes may be stored.'],
  },
};
