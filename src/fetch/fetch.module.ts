import { Module } from '@nestjs/common';
import { FetchController } from './fetch.controller.ts';
import { FetchService } from './fetch.service.ts';

@Module({ controllers: [FetchController], providers: [FetchService], exports: [FetchService] })
export class FetchModule {}
