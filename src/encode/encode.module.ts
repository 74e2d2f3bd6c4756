import { Module } from '@nestjs/common';
import { EncodeController } from './encode.controller.ts';

@Module({ controllers: [EncodeController] })
export class EncodeModule {}
