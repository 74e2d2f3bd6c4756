import { Module } from '@nestjs/common';
import { EncodeModule } from '../encode/encode.module.ts';
import { ParseModule } from '../parse/parse.module.ts';
import { CharactersController } from './characters.controller.ts';
import { CharactersService } from './characters.service.ts';

@Module({ imports: [EncodeModule, ParseModule], controllers: [CharactersController], providers: [CharactersService] })
export class CharactersModule {}
