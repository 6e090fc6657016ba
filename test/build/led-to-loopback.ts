/** Leads TLS connections of this process to the sandbox, whatever the host: so that a test may use the addresses of a real cloud. */
import tls from 'node:tls';
import sinon from 'sinon';

/** While it lasts. */
export interface Detour {
  /** The hosts that were asked for, each once, in the order of the alphabet. */
  readonly hosts: readonly string[];
  end(): void;
}

/** `ports` has the port on loopback by host. A connection to any other host than these and loopback itself throws. */
export function ledToLoopback(ports: ReadonlyMap<string, () => number>): Detour {
  const { connect } = tls;
  const asked = new Set<string>();
  const stub = sinon.stub(tls, 'connect').callsFake((...args: Parameters<typeof tls.connect>) => {
    const [options, ...rest] = args;
    const { host } = { host: undefined, ...Object(options) };
    if (typeof host !== 'string' || host === '127.0.0.1') return Reflect.apply(connect, tls, args);
    const port = ports.get(host);
    if (port === undefined) throw new Error(`nobody said that the bot would connect to ${host}`);
    asked.add(host);
    const there = { ...Object(options), host: '127.0.0.1', port: port(), servername: 'localhost' };
    return Reflect.apply(connect, tls, [there, ...rest]);
  });
  return {
    get hosts() {
      return [...asked].sort();
    },
    end: () => stub.restore(),
  };
}
