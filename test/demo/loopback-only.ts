/**
 * Preloaded into a process (`--import`): it can reach nothing but this machine. Every target is written to the file that
 * `?record=` of this module's URL names, one a line behind the process id; a refused one too, behind `refused`.
 */
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const record = new URL(import.meta.url).searchParams.get('record');
const connect = net.Socket.prototype.connect;
const lookup = dns.lookup;

Object.defineProperty(net.Socket.prototype, 'connect', {
  configurable: true,
  writable: true,
  value: function guarded(this: net.Socket, ...parameters: readonly unknown[]): net.Socket {
    const host = hostOf(parameters);
    if (admits(host)) return Reflect.apply(connect, this, parameters);
    process.nextTick(() => this.destroy(new Error(`${host} is not on this machine, and nothing else may be reached`)));
    return this;
  },
});

Object.defineProperty(dns, 'lookup', {
  configurable: true,
  writable: true,
  value: function guarded(name: string, ...more: readonly unknown[]): unknown {
    const asked = admits(name) ? [name, ...more] : ['refused.invalid', ...more];
    return Reflect.apply(lookup, dns, asked);
  },
});

// What is imported by name from a built-in module is a copy.
syncBuiltinESMExports();

/** Notes the target; true if it is this machine. */
function admits(host: string): boolean {
  const isHere = host === 'localhost' || host === '::1' || host === '' || /^127\.\d+\.\d+\.\d+$/.test(host);
  if (record !== null) appendFileSync(record, `${process.pid} ${isHere ? host : `refused ${host}`}\n`);
  return isHere;
}

/** The host of any form in which `connect` may be called; empty for a pipe, which has none. */
function hostOf(parameters: readonly unknown[]): string {
  const [first, second] = parameters;
  if (Array.isArray(first)) return hostOf(first);
  if (typeof first === 'number') return typeof second === 'string' ? second : 'localhost';
  if (typeof first !== 'object' || first === null) return '';
  if ('path' in first && typeof first.path === 'string') return '';
  return 'host' in first && typeof first.host === 'string' ? first.host : 'localhost';
}
