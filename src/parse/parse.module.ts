import { Module } from '@nestjs/common';
import { FetchModule } from '../fetch/fetch.module.ts';
import { ParseController } from './parse.controller.ts';
import { ParseService } from './parse.service.ts';

@Module({ imports: [FetchModule], controllers: [ParseController], providers: [ParseService], exports: [ParseService] })
export class ParseModule {}
