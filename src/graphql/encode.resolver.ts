import { Args, Context, Info, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { DecodeArgs, EncodeArgs } from '../encode/encode.args.ts';
import { DecodedText, EncodedText } from '../encode/encode.model.ts';
import { EncodeService } from '../encode/encode.service.ts';
import type { OperationContext, Sized } from './operation.ts';
import { repetitionOf } from './repetition.ts';
import { unhurried } from './unhurried.ts';

/** Bytes of all that is said of one character. */
const CHARACTER_BYTES = 160;

@Resolver()
export class EncodeResolver {
  constructor(private readonly encoding: EncodeService) {}

  @Query(() => EncodedText, { nullable: true, description: 'A text as characters and as bytes.' })
  async encode(@Args() args: EncodeArgs, @Context() { operation }: OperationContext, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    const make = async (): Promise<Sized<EncodedText>> => sizedText(await this.encoding.encode(args));
    // One after the other: so none is encoded any more once the answer is as large as it may be.
    return unhurried(await operation.inTurn(() => operation.answer(repetitionOf(info), make)));
  }

  @Query(() => DecodedText, { nullable: true, description: 'Bytes as text.' })
  async decode(@Args() args: DecodeArgs, @Context() { operation }: OperationContext, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    const make = async (): Promise<Sized<object>> => {
      const json = await this.encoding.writeDecoded(args, null);
      return { value: JSON.parse(json.toString()) as object, bytes: json.byteLength };
    };
    return unhurried(await operation.inTurn(() => operation.answer(repetitionOf(info), make)));
  }
}

/** Long texts are told at length: to write them as JSON once more would take as long as answering them. */
function sizedText(encoded: EncodedText): Sized<EncodedText> {
  const escapes = Object.values(encoded.escapes as unknown as Record<string, string>);
  const texts = [encoded.text, ...encoded.normalizations.map(({ text }) => text), ...escapes];
  const written = encoded.encodings.reduce((sum, { hex, base64 }) => sum + hex.length + base64.length, texts.join('').length);
  return { value: encoded, bytes: written + encoded.characters.length * CHARACTER_BYTES };
}
