import { Args, Query, Resolver } from '@nestjs/graphql';
import { decodeBytes } from '../encode/decode-bytes.ts';
import { DecodeArgs, EncodeArgs } from '../encode/encode.args.ts';
import { DecodedText, EncodedText } from '../encode/encode.model.ts';
import { EncodeService } from '../encode/encode.service.ts';
import { unhurried } from './unhurried.ts';

@Resolver()
export class EncodeResolver {
  constructor(private readonly encoding: EncodeService) {}

  @Query(() => EncodedText, { nullable: true, description: 'A text as characters and as bytes.' })
  async encode(@Args() args: EncodeArgs): Promise<unknown> {
    return unhurried(await this.encoding.encode(args));
  }

  @Query(() => DecodedText, { nullable: true, description: 'Bytes as text.' })
  decode(@Args() args: DecodeArgs): DecodedText {
    return decodeBytes(args);
  }
}
