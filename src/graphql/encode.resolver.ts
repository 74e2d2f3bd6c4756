import { Args, Query, Resolver } from '@nestjs/graphql';
import { decodeBytes } from '../encode/decode-bytes.ts';
import { encodeText } from '../encode/encode-text.ts';
import { DecodeArgs, EncodeArgs } from '../encode/encode.args.ts';
import { DecodedText, EncodedText } from '../encode/encode.model.ts';

@Resolver()
export class EncodeResolver {
  @Query(() => EncodedText, { nullable: true, description: 'A text as characters and as bytes.' })
  encode(@Args() args: EncodeArgs): EncodedText {
    return encodeText(args);
  }

  @Query(() => DecodedText, { nullable: true, description: 'Bytes as text.' })
  decode(@Args() args: DecodeArgs): DecodedText {
    return decodeBytes(args);
  }
}
