/** Nobody wants what is under way of a job any more: this process stops, or the job has ended. */
export class WorkEnded extends Error {
  override readonly name = 'WorkEnded';
}
