/**
 * Loaded before each peer (`node --import`): leads its TLS connections to Microsoft's sign-in hosts to the stand-ins on
 * loopback, so that the peers run as their samples stand there. Some of those hosts are constants in their sources.
 */
import { syncBuiltinESMExports } from 'node:module';
import tls from 'node:tls';

/** Ports on loopback by host, as JSON. */
const ports = new Map(Object.entries(JSON.parse(process.env.LED_TO_LOOPBACK ?? '{}')));
const { connect } = tls;

tls.connect = (...args) => {
  const [options, ...rest] = args;
  const port = ports.get(options?.host);
  if (port === undefined) return connect(...args);
  return connect({ ...options, host: '127.0.0.1', port, servername: 'localhost' }, ...rest);
};
syncBuiltinESMExports();
