import { ArgsType, InputType } from '@nestjs/graphql';
import { IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBase64, IsOptional, IsString, Length, Matches, ValidateNested } from 'class-validator';
import { BodyMember } from '../api/body-member.decorator.ts';
import { FieldsOf } from '../api/fields.args.ts';
import { Parameter } from '../api/parameter.decorator.ts';
import { TargetArgs } from '../api/target.args.ts';
import { FetchAnswer, HeadersAnswer } from './fetch.model.ts';

/** RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;
/** What belongs to the connection or to the proxy is ours to say: Fetch's forbidden request-headers, the server-side ones. */
const FORBIDDEN_NAME =
  /^(?!(host|connection|keep-alive|te|trailer|transfer-encoding|content-length|expect|upgrade|http2-settings|proxy-.*)$)/i;
// eslint-disable-next-line no-control-regex -- control characters are what a field value must not have
const FIELD_VALUE = /^[^\u0000-\u0008\u000a-\u001f\u007f\u0100-\uffff]*$/;

@InputType({ description: 'A request header field to send.' })
export class HeaderFieldInput {
  @BodyMember({
    type: () => String,
    description: 'Field name.',
    minLength: 1,
    maxLength: 256,
    pattern: TOKEN.source,
    example: 'Accept',
    required: true,
  })
  @Matches(FORBIDDEN_NAME, { message: 'must not be $value: this server sends that field itself' })
  @Matches(TOKEN, { message: 'must be a field name' })
  @Length(1, 256, { message: 'must have 1 to 256 characters' })
  @IsString({ message: 'must be text' })
  name!: string;

  @BodyMember({
    type: () => String,
    description: 'Field value, latin1.',
    maxLength: 8192,
    pattern: FIELD_VALUE.source,
    example: 'text/html',
    required: true,
  })
  @Matches(FIELD_VALUE, { message: 'must be a field value: no control characters, nothing outside latin1' })
  @Length(0, 8192, { message: 'must have at most 8192 characters' })
  @IsString({ message: 'must be text' })
  value!: string;
}

/** RFC 6265, section 4.1.1, but for what servers read all the same: spaces, commas, quotation marks and backslashes. */
// eslint-disable-next-line no-control-regex -- control characters are what a cookie must not have
const COOKIE_VALUE = /^(?! )[^\u0000-\u001f\u007f;\u0100-\uffff]*(?<! )$/;

@InputType({ description: 'A cookie to send.' })
export class CookieInput {
  @BodyMember({
    type: () => String,
    description: 'Cookie name.',
    minLength: 1,
    maxLength: 256,
    pattern: TOKEN.source,
    example: 'session',
    required: true,
  })
  @Matches(TOKEN, { message: 'must be a cookie name' })
  @Length(1, 256, { message: 'must have 1 to 256 characters' })
  @IsString({ message: 'must be text' })
  name!: string;

  @BodyMember({
    type: () => String,
    description: 'Cookie value, latin1.',
    maxLength: 4096,
    pattern: COOKIE_VALUE.source,
    example: '31d4d96e407aad42',
    required: true,
  })
  @Matches(COOKIE_VALUE, {
    message: 'must be a cookie value: no control characters, no semicolon, nothing outside latin1, no space at its ends',
  })
  @Length(0, 4096, { message: 'must have at most 4096 characters' })
  @IsString({ message: 'must be text' })
  value!: string;
}

/** What only a JSON body, or an operation of the graph, can carry: the request to send. */
@ArgsType()
export class RequestBody {
  @BodyMember({
    type: () => String,
    description: 'Request method, sent as written. Not CONNECT, TRACE or TRACK.',
    minLength: 1,
    maxLength: 40,
    pattern: TOKEN.source,
    default: 'GET',
    example: 'POST',
    required: false,
  })
  @Matches(/^(?!(connect|trace|track)$)/i, { message: 'must not be CONNECT, TRACE or TRACK' })
  @Matches(TOKEN, { message: 'must be a method, such as POST' })
  @Length(1, 40, { message: 'must have 1 to 40 characters' })
  @IsOptional()
  method?: string;

  @BodyMember({
    type: () => [HeaderFieldInput],
    description: 'Header fields to send, in this order, to the first origin alone.',
    maxItems: 100,
    required: false,
  })
  @ValidateNested({ each: true })
  @Type(() => HeaderFieldInput)
  @ArrayMaxSize(100, { message: 'must be at most 100 fields' })
  @IsArray({ message: 'must be a list of {"name", "value"}' })
  @IsOptional()
  headers?: HeaderFieldInput[];

  @BodyMember({
    type: () => [CookieInput],
    description:
      'Cookies to send, as one `Cookie` field. On redirects they go where RFC 6265 lets cookies of the first host go: to that host alone, from https to https alone, beside those that responses on the way set.',
    maxItems: 50,
    required: false,
  })
  @ValidateNested({ each: true })
  @Type(() => CookieInput)
  @ArrayUnique((cookie: CookieInput | null) => cookie?.name, { message: 'must name each cookie once' })
  @ArrayMaxSize(50, { message: 'must be at most 50 cookies' })
  @IsArray({ message: 'must be a list of {"name", "value"}' })
  @IsOptional()
  cookies?: CookieInput[];

  @BodyMember({
    type: () => String,
    description: 'Content to send, as text (UTF-8). At most one of `content` and `contentBase64` is given.',
    example: '{"a":1}',
    required: false,
  })
  @IsString({ message: 'must be text' })
  @IsOptional()
  content?: string;

  @BodyMember({ type: () => String, description: 'Content to send, as base64.', example: 'SGVsbG8=', required: false })
  @IsBase64({}, { message: 'must be base64' })
  @IsOptional()
  contentBase64?: string;
}

/** What a POST twin takes that answers about a target. */
export class TargetBody extends IntersectionType(TargetArgs, RequestBody) {}

const FETCH_FIELDS = FieldsOf(FetchAnswer, ['status', 'exchanges.timings', 'body.encoding.name']);
const HEADERS_FIELDS = FieldsOf(HeadersAnswer, ['status', 'headers']);

export class FetchArgs extends IntersectionType(TargetArgs, FETCH_FIELDS) {}
export class FetchBody extends IntersectionType(TargetBody, FETCH_FIELDS) {}
export class HeadersArgs extends IntersectionType(TargetArgs, HEADERS_FIELDS) {}
export class HeadersBody extends IntersectionType(TargetBody, HEADERS_FIELDS) {}
export class SnapshotArgs extends FETCH_FIELDS {}

/** How a literal exchange is spoken. */
@ArgsType()
export class WireOptions {
  @Parameter({
    type: 'string',
    maxLength: 3,
    pattern: [/^1\.[01]$/, 'must be 1.1 or 1.0'],
    default: '1.1',
    description:
      'The HTTP version to speak. `1.0` sends the absolute form of the target and no fields but those you name; redirects are shown, not followed.',
    example: '1.0',
  })
  httpVersion = '1.1';
}

/** What a query can say of the request that a JSON body says in full. */
class WireRequest {
  @Parameter({
    type: 'string',
    maxLength: 40,
    pattern: [
      /^(?!(?:[Cc][Oo][Nn][Nn][Ee][Cc][Tt]|[Tt][Rr][Aa][Cc][EeKk])$)[!#$%&'*+.^_`|~\dA-Za-z-]+$/,
      'must be a method, and not CONNECT, TRACE or TRACK',
    ],
    default: 'GET',
    description: 'Request method, sent as written: `Get` is not `GET`. Not CONNECT, TRACE or TRACK.',
    example: 'Get',
  })
  method = 'GET';
}

export class WireArgs extends IntersectionType(TargetArgs, WireRequest, WireOptions) {}
export class WireBody extends IntersectionType(TargetBody, WireOptions) {}

/** Which snapshot is meant. */
export class SnapshotPath {
  @Parameter({
    type: 'string',
    maxLength: 64,
    required: true,
    description: 'The id of a snapshot, as an earlier answer named it.',
    example: 'p7Yf3v0bq1yQ8o2JmVwQ1g',
  })
  id!: string;
}
