/** The one source of the present moment, so that tests can set it. Times in the store are its milliseconds. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
