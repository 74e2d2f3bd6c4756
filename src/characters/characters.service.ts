import { Injectable } from '@nestjs/common';
import { trimmed } from '../api/fields.ts';
import { getTwinUrl } from '../api/next-url.ts';
import { EncodeService } from '../encode/encode.service.ts';
import { NO_TARGET } from '../fetch/answers.ts';
import { joinObjects, ParseService } from '../parse/parse.service.ts';
import { type CharactersArgs, type CharactersBody, PageCharactersOptions } from './characters.args.ts';
import { givenText } from './given-text.ts';

@Injectable()
export class CharactersService {
  constructor(
    private readonly encode: EncodeService,
    private readonly parse: ParseService,
  ) {}

  /**
   * The characters of a text that the caller sent, or of one of a page, as JSON. `here` is the URL that was asked.
   *
   * @throws ProblemError
   */
  async answer(request: CharactersArgs | CharactersBody, verb: 'GET' | 'POST', here: string): Promise<Buffer> {
    const given = givenText(request);
    if (given === null) return this.parse.answer('characters', PageCharactersOptions, request, here);
    const { fields } = request;
    const twin = verb === 'GET' ? here : getTwinUrl(here, { ...given, fields });
    const about = trimmed({ ...NO_TARGET, source: null, selector: null }, fields);
    return joinObjects(about, [await this.encode.write(given, twin, fields)]);
  }
}
