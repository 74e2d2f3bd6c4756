import { Module } from '@nestjs/common';
import { TaskService } from './task.service.ts';

@Module({ providers: [TaskService], exports: [TaskService] })
export class TasksModule {}
