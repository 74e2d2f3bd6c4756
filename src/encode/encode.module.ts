import { Module } from '@nestjs/common';
import { TasksModule } from '../tasks/tasks.module.ts';
import { EncodeController } from './encode.controller.ts';
import { EncodeService } from './encode.service.ts';

@Module({ imports: [TasksModule], controllers: [EncodeController], providers: [EncodeService], exports: [EncodeService] })
export class EncodeModule {}
