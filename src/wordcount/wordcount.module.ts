import { Module } from '@nestjs/common';
import { ParseModule } from '../parse/parse.module.ts';
import { WordCountController } from './wordcount.controller.ts';

@Module({ imports: [ParseModule], controllers: [WordCountController] })
export class WordCountModule {}
