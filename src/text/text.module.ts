import { Module } from '@nestjs/common';
import { ParseModule } from '../parse/parse.module.ts';
import { TextController } from './text.controller.ts';

@Module({ imports: [ParseModule], controllers: [TextController] })
export class TextModule {}
