import { Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { IntersectionType } from '@nestjs/swagger';
import { enumeration } from '../api/enumeration.ts';
import { Property } from '../api/property.decorator.ts';
import { Url } from '../api/scalars.model.ts';
import { EncodingCandidate, EncodingRepair, EncodingSource } from '../encode/encode.model.ts';

export const CacheStatus = enumeration(
  'CacheStatus',
  {
    miss: 'No stored response could be used: it was retrieved.',
    hit: 'A stored response was used, or a snapshot was named.',
    revalidated: 'A stored response was used after its origin said that it still holds (304).',
    bypass: 'No stored response was wanted, or none may answer such a request: another method, credentials, fields of your own.',
  },
  'Whether a stored response was used.',
);
export type CacheStatus = (typeof CacheStatus)[keyof typeof CacheStatus];

/** The phases of an exchange, in their order. */
export const ExchangePhase = enumeration(
  'ExchangePhase',
  {
    wait: 'It waits until a connection is being made, or is free.',
    dns: 'The name is being resolved.',
    tcp: 'It is connecting.',
    tls: 'TLS is being agreed on.',
    request: 'The request is being sent.',
    firstByte: 'It waits for the response.',
    download: 'The content is coming.',
  },
  'What an exchange is busy with, as `timings` calls it.',
);
export type ExchangePhase = (typeof ExchangePhase)[keyof typeof ExchangePhase];

@ObjectType({ description: 'Where a retrieval stands: the data of an event `progress`.' })
export class Progress {
  @Property(() => Int, { description: 'Which exchange: 1, and one more with each redirect.', example: 1 })
  exchange!: number;

  @Property(() => Url, {
    description: 'URL that it asks. Null where a redirect leads, until policy has admitted that.',
    nullable: true,
    example: 'http://example.com/romeo.txt',
  })
  url!: string | null;

  @Property(() => ExchangePhase, { description: 'What it is busy with.', example: 'download' })
  phase!: ExchangePhase;

  @Property(() => Float, { description: 'Milliseconds since the first exchange began.', example: 29.4 })
  atMs!: number;

  @Property(() => Int, { description: 'Status code of its response; null before that.', nullable: true, example: 200 })
  status!: number | null;

  @Property(() => Int, { description: 'Bytes of its content that have come so far, as coded.', example: 14600 })
  bytes!: number;

  @Property(() => Int, { description: 'Bytes of its content to come in all, where the response says so.', nullable: true, example: 230738 })
  expectedBytes!: number | null;
}

@ObjectType({ description: 'How an answer came about.' })
export class Cache {
  @Property(() => CacheStatus, { description: 'Whether a stored response was used.', example: 'miss' })
  status!: CacheStatus;

  @Property(() => Boolean, { description: 'Another request for the same was under way, and one retrieval answered both.', example: false })
  coalesced!: boolean;

  @Property(() => Int, {
    description: 'Age of the stored response in seconds (RFC 9111, section 4.2.3); null when it came just now.',
    nullable: true,
    example: null,
  })
  age!: number | null;

  @Property(() => String, {
    description: 'Until when the response is, or was, fresh, ISO 8601; null when it is not stored for others.',
    nullable: true,
    format: 'date-time',
    example: null,
  })
  freshUntil!: string | null;
}

@ObjectType({ description: 'One header field, as sent: order, duplicates and letter case are kept.' })
export class HeaderField {
  @Property(() => String, { description: 'Field name, as sent.', example: 'Content-Type' })
  name!: string;

  @Property(() => String, { description: 'Field value; bytes outside ASCII are read as latin1.', example: 'text/html; charset=utf-8' })
  value!: string;
}

@ObjectType({ description: 'The other end of a connection.' })
export class Remote {
  @Property(() => String, { description: 'Address that was connected to.', example: '192.0.2.7' })
  address!: string;

  @Property(() => Int, { description: 'Port that was connected to.', example: 80 })
  port!: number;
}

@ObjectType({ description: 'A certificate.' })
export class Certificate {
  @Property(() => String, { description: 'Whom it names.', example: 'CN=example.com' })
  subject!: string;

  @Property(() => String, { description: 'Who signed it.', example: 'C=US, O=Example Trust, CN=Example CA' })
  issuer!: string;

  @Property(() => [String], { description: 'Subject alternative names.', example: ['DNS:example.com'] })
  names!: string[];

  @Property(() => String, { description: 'Start of validity, ISO 8601.', format: 'date-time', example: '2026-01-01T00:00:00.000Z' })
  validFrom!: string;

  @Property(() => String, { description: 'End of validity, ISO 8601.', format: 'date-time', example: '2027-01-01T00:00:00.000Z' })
  validTo!: string;

  @Property(() => String, { description: 'SHA-256 fingerprint.', example: 'AB:CD:EF' })
  fingerprint256!: string;

  @Property(() => String, { description: 'Serial number, hexadecimal.', example: '0A1B2C' })
  serialNumber!: string;
}

@ObjectType({ description: 'What TLS agreed on.' })
export class Tls {
  @Property(() => String, { description: 'Protocol version.', nullable: true, example: 'TLSv1.3' })
  protocol!: string | null;

  @Property(() => String, { description: 'Cipher suite.', nullable: true, example: 'TLS_AES_256_GCM_SHA384' })
  cipher!: string | null;

  @Property(() => String, { description: 'Application protocol agreed on (ALPN).', nullable: true, example: 'http/1.1' })
  alpn!: string | null;

  @Property(() => Boolean, { description: 'The certificate was verified.', example: true })
  authorized!: boolean;

  @Property(() => String, {
    description: 'Why the certificate was not verified, in words; null when it was. Only `insecureTls` leads so far.',
    nullable: true,
    example: null,
  })
  authorizationError!: string | null;

  @Property(() => Certificate, { description: 'The certificate of the server: the first of `chain`.', nullable: true })
  certificate!: Certificate | null;

  @Property(() => [Certificate], {
    description: "The server's certificate, then each time its issuer's: as far as the server sent them, or this server trusts them.",
  })
  chain!: Certificate[];
}

@ObjectType({ description: 'Milliseconds of each phase of an exchange; null for what did not happen. The phases add up to `total`.' })
export class Timings {
  @Property(() => Float, {
    description: 'Until the connection is being made or, where there is one, until it is free for this request.',
    nullable: true,
    example: 0.1,
  })
  wait!: number | null;

  @Property(() => Float, {
    description: 'Resolving the name; null on a reused connection, for an address, and for a name of the hosts file.',
    nullable: true,
    example: 1.2,
  })
  dns!: number | null;

  @Property(() => Float, { description: 'Connecting; null on a reused connection.', nullable: true, example: 8 })
  tcp!: number | null;

  @Property(() => Float, { description: 'Agreeing on TLS; null on a reused connection and without TLS.', nullable: true, example: null })
  tls!: number | null;

  @Property(() => Float, {
    description: 'Sending the request: until the last byte has left, or until the response begins.',
    nullable: true,
    example: 0.1,
  })
  request!: number | null;

  @Property(() => Float, {
    description: 'Waiting for the first byte of the final response; informational responses are part of it.',
    nullable: true,
    example: 20.4,
  })
  firstByte!: number | null;

  @Property(() => Float, { description: 'From the first byte of the final response to the last.', nullable: true, example: 3.1 })
  download!: number | null;

  @Property(() => Float, { description: 'The whole exchange, its wait included.', example: 32.8 })
  total!: number;
}

@ObjectType({ description: 'A response before the final one (1xx).' })
export class InformationalResponse {
  @Property(() => Int, { description: 'Status code.', example: 103 })
  status!: number;

  @Property(() => String, { description: 'Reason phrase.', example: 'Early Hints' })
  statusText!: string;

  @Property(() => [HeaderField], { description: 'Its header fields.', example: [{ name: 'Link', value: '</style.css>; rel=preload' }] })
  headers!: HeaderField[];

  @Property(() => Float, { description: 'Milliseconds since the exchange began until its first byte.', example: 12.5 })
  atMs!: number;
}

@ObjectType({ description: 'One request and its response. A redirect makes another exchange.' })
export class Exchange {
  @Property(() => String, { description: 'When it began, ISO 8601.', format: 'date-time', example: '2026-11-23T09:00:00.000Z' })
  startedAt!: string;

  @Property(() => Url, { description: 'URL that was asked.', example: 'http://example.com/romeo.txt' })
  url!: string;

  @Property(() => String, { description: 'Request method.', example: 'GET' })
  method!: string;

  @Property(() => String, { description: 'HTTP version of the response.', example: '1.1' })
  httpVersion!: string;

  @Property(() => Int, { description: 'Status code.', example: 200 })
  status!: number;

  @Property(() => String, { description: 'Reason phrase.', example: 'OK' })
  statusText!: string;

  @Property(() => [HeaderField], { description: 'Header fields that were sent.', example: [{ name: 'host', value: 'example.com' }] })
  requestHeaders!: HeaderField[];

  @Property(() => [HeaderField], { description: 'Header fields that came back.', example: [{ name: 'Content-Type', value: 'text/plain' }] })
  headers!: HeaderField[];

  @Property(() => [HeaderField], { description: 'Header fields that came after a chunked content (trailers).', example: [] })
  trailers!: HeaderField[];

  @Property(() => [InformationalResponse], { description: 'Responses that came before the final one.', example: [] })
  informational!: InformationalResponse[];

  @Property(() => Int, { description: 'Bytes of the response head, its blank line included.', example: 394 })
  headerBytes!: number;

  @Property(() => Remote, { description: 'Whom the connection led to.' })
  remote!: Remote;

  @Property(() => Boolean, { description: 'The connection had been used before.', example: false })
  reused!: boolean;

  @Property(() => Boolean, {
    description: 'A stored response, which its origin confirmed by the 304 before it: it took place earlier.',
    example: false,
  })
  stored!: boolean;

  @Property(() => Tls, { description: 'What TLS agreed on; null without TLS.', nullable: true })
  tls!: Tls | null;

  @Property(() => Timings, { description: 'Milliseconds of each phase.' })
  timings!: Timings;
}

@ObjectType({ description: 'The encoding of a content and why.' })
export class BodyEncoding {
  @Property(() => String, { description: 'Name by the Encoding Standard.', example: 'windows-1252' })
  name!: string;

  @Property(() => EncodingSource, { description: 'What decided.', example: 'default' })
  source!: EncodingSource;

  @Property(() => [EncodingCandidate], {
    description: 'All that spoke about the encoding, first in precedence first.',
    example: [{ source: 'default', label: 'windows-1252', offset: null }],
  })
  candidates!: EncodingCandidate[];

  @Property(() => Boolean, { description: 'Two declarations name different encodings.', example: false })
  conflict!: boolean;

  @Property(() => Int, { description: 'Byte sequences that were not valid and became U+FFFD.', example: 0 })
  replacements!: number;

  @Property(() => Int, {
    description: 'How many bytes of the content come before the first that was not valid; null when all were.',
    nullable: true,
    example: null,
  })
  firstInvalidOffset!: number | null;

  @Property(() => EncodingRepair, {
    description:
      'What to try where the text looks like UTF-8 that was read as windows-1252 (`cafÃ©`), here or by whoever wrote it; null where it does not.',
    nullable: true,
    example: null,
  })
  repair!: EncodingRepair | null;
}

@ObjectType({ description: 'Content as it came off the socket in one read, before its coding was undone.' })
export class Chunk {
  @Property(() => Int, { description: 'Bytes of this piece.', example: 167 })
  bytes!: number;

  @Property(() => Int, { description: 'Bytes so far.', example: 167 })
  total!: number;

  @Property(() => Float, { description: 'Milliseconds since the exchange began.', example: 30.2 })
  atMs!: number;
}

@ObjectType({ description: 'The content of the final response, its content codings undone.' })
export class Body {
  @Property(() => String, { description: 'Media type, declared or sniffed, without parameters.', example: 'text/plain' })
  mediaType!: string;

  @Property(() => String, { description: 'Content codings as declared.', nullable: true, example: null })
  contentEncoding!: string | null;

  @Property(() => Int, { description: 'Bytes of the content as coded, without chunk framing.', example: 167 })
  transferBytes!: number;

  @Property(() => Int, { description: 'Bytes of the content.', example: 167 })
  bytes!: number;

  @Property(() => String, {
    description: 'SHA-256 of the content, hexadecimal.',
    example: '925661fb468da950828f44e4c37cde024baaf84db5a315455ea8ecb9348b12cf',
  })
  sha256!: string;

  @Property(() => Boolean, { description: 'Something is missing at the end. A content over a limit is an error instead.', example: false })
  truncated!: boolean;

  @Property(() => BodyEncoding, { description: 'The encoding and why; null for media types that are not textual.', nullable: true })
  encoding!: BodyEncoding | null;

  @Property(() => String, {
    description: 'The content decoded; null for media types that are not textual.',
    nullable: true,
    example: 'But soft what light',
  })
  text!: string | null;

  @Property(() => String, { description: 'The content as base64, for media types that are not textual.', nullable: true, example: null })
  base64!: string | null;

  @Property(() => [Chunk], { description: 'The pieces in which it came.', example: [{ bytes: 167, total: 167, atMs: 30.2 }] })
  chunks!: readonly Chunk[];
}

/** What every answer about a target says of it. */
@ObjectType({ isAbstract: true })
export class TargetAnswer {
  @Property(() => ID, {
    description: 'Id of the snapshot; any view takes it as `snapshot=` in place of `url=`.',
    example: 'p7Yf3v0bq1yQ8o2JmVwQ1g',
  })
  snapshot!: string;

  @Property(() => Url, { description: 'Target URL, as asked.', example: 'http://example.com/romeo.txt' })
  url!: string;

  @Property(() => Url, { description: 'URL of the final response.', example: 'http://example.com/romeo.txt' })
  finalUrl!: string;

  @Property(() => Int, { description: 'Status code of the final response.', example: 200 })
  status!: number;

  @Property(() => String, { description: 'When it was retrieved, ISO 8601.', format: 'date-time', example: '2026-11-23T10:00:00.000Z' })
  fetchedAt!: string;

  @Property(() => Boolean, { description: 'Certificates were not checked.', example: false })
  insecureTls!: boolean;

  @Property(() => Cache, { description: 'How the answer came about.' })
  cache!: Cache;
}

/** `/fetch` */
@ObjectType({ description: 'A whole snapshot.' })
export class FetchAnswer extends TargetAnswer {
  @Property(() => String, { description: 'Reason phrase.', example: 'OK' })
  statusText!: string;

  @Property(() => Boolean, { description: 'The status is from 200 to 299.', example: true })
  ok!: boolean;

  @Property(() => Boolean, { description: 'A redirect was followed.', example: false })
  redirected!: boolean;

  @Property(() => [HeaderField], {
    description: 'Header fields of the final response.',
    example: [{ name: 'Content-Type', value: 'text/plain' }],
  })
  headers!: HeaderField[];

  @Property(() => [Exchange], {
    description: 'Every exchange, in order. After a 304 that confirmed it, the stored response stands last, its fields updated.',
  })
  exchanges!: readonly Exchange[];

  @Property(() => Body, { description: 'The content; null when the snapshot holds a response head alone.', nullable: true })
  body!: Body | null;
}

@ObjectType({ description: 'A redirect that was followed.' })
export class Redirect {
  @Property(() => Url, { description: 'URL that redirected.', example: 'http://example.com/old' })
  url!: string;

  @Property(() => Int, { description: 'Status code.', example: 301 })
  status!: number;

  @Property(() => String, { description: '`Location`, as sent.', example: '/new' })
  location!: string;
}

@ObjectType({ description: 'The head of the final response.' })
export class ResponseHead {
  @Property(() => String, { description: 'Reason phrase.', example: 'OK' })
  statusText!: string;

  @Property(() => String, { description: 'HTTP version of the response.', example: '1.1' })
  httpVersion!: string;

  @Property(() => [HeaderField], {
    description: 'Header fields of the final response.',
    example: [{ name: 'Content-Type', value: 'text/plain' }],
  })
  headers!: HeaderField[];

  @Property(() => Int, { description: 'Bytes of the response head, its blank line included.', example: 394 })
  headerBytes!: number;

  @Property(() => [Redirect], { description: 'The redirects that were followed, in order.', example: [] })
  redirects!: Redirect[];
}

/** `/headers` */
export class HeadersAnswer extends IntersectionType(TargetAnswer, ResponseHead) {}
