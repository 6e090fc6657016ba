import type { Log, LogFields } from '../../src/ports.ts';

/** A log that keeps what an operator would read. */
export class RecordingLog implements Log {
  readonly lines: { readonly level: keyof Log; readonly fields: LogFields; readonly message: string }[] = [];

  info(fields: LogFields, message: string): void {
    this.lines.push({ level: 'info', fields, message });
  }

  warn(fields: LogFields, message: string): void {
    this.lines.push({ level: 'warn', fields, message });
  }

  error(fields: LogFields, message: string): void {
    this.lines.push({ level: 'error', fields, message });
  }
}
