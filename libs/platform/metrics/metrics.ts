import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What /metrics shows. Labels are route templates and names, never ids or raw addresses. */
export class Metrics {
  readonly registry = new Registry();

  readonly requests = new Histogram({
    name: 'chorus_http_request_duration_seconds',
    help: 'Time from the request line to the last byte of the answer.',
    labelNames: ['dialect', 'method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  readonly batches = new Histogram({
    name: 'chorus_write_batch_rows',
    help: 'Rows that one group commit wrote.',
    labelNames: ['road'],
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers: [this.registry],
  });

  readonly flushes = new Histogram({
    name: 'chorus_write_flush_duration_seconds',
    help: 'Time that one group commit took.',
    labelNames: ['road'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'chorus_' });
  }

  /** A value that is read when /metrics is asked for. */
  gauge(name: string, help: string, labels: string[], read: (gauge: Gauge) => void | Promise<void>): void {
    new Gauge({
      name,
      help,
      labelNames: labels,
      registers: [this.registry],
      async collect() {
        await read(this as unknown as Gauge);
      },
    });
  }
}
