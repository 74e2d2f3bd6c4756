import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBase64, IsOptional, IsString, Length, Matches, ValidateNested } from 'class-validator';
import { TargetArgs } from '../api/target.args.ts';

/** RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;
/** What belongs to the connection or to the proxy is ours to say: Fetch's forbidden request-headers, the server-side ones. */
const FORBIDDEN_NAME =
  /^(?!(host|connection|keep-alive|te|trailer|transfer-encoding|content-length|expect|upgrade|http2-settings|proxy-.*)$)/i;
// eslint-disable-next-line no-control-regex -- control characters are what a field value must not have
const FIELD_VALUE = /^[^\u0000-\u0008\u000a-\u001f\u007f\u0100-\uffff]*$/;

/** A request header field to send. */
export class HeaderFieldInput {
  @ApiProperty({ description: 'Field name.', pattern: TOKEN.source, example: 'Accept', required: true })
  @Matches(FORBIDDEN_NAME, { message: 'is a field that this server sends itself' })
  @Matches(TOKEN, { message: 'must be a field name' })
  @IsString({ message: 'must be text' })
  name!: string;

  @ApiProperty({ description: 'Field value, latin1.', maxLength: 8192, pattern: FIELD_VALUE.source, example: 'text/html', required: true })
  @Matches(FIELD_VALUE, { message: 'must be a field value: no control characters, nothing outside latin1' })
  @Length(0, 8192, { message: 'must have at most 8192 characters' })
  @IsString({ message: 'must be text' })
  value!: string;
}

/** What only a JSON body can carry: the request to send. */
export class RequestBody {
  @ApiProperty({
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

  @ApiProperty({
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

  @ApiProperty({
    description: 'Content to send, as text (UTF-8). At most one of `content` and `contentBase64` is given.',
    example: '{"a":1}',
    required: false,
  })
  @IsString({ message: 'must be text' })
  @IsOptional()
  content?: string;

  @ApiProperty({ description: 'Content to send, as base64.', example: 'SGVsbG8=', required: false })
  @IsBase64({}, { message: 'must be base64' })
  @IsOptional()
  contentBase64?: string;
}

/** What a POST twin takes that answers about a target. */
export class TargetBody extends IntersectionType(TargetArgs, RequestBody) {}
