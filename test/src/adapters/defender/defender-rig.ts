import assert from 'node:assert/strict';
import { generate } from 'selfsigned';
import { createDefender } from '../../../../src/adapters/defender/defender-client.ts';
import type { DefenderFailure, DefenderResult } from '../../../../src/domain/defender-failure.ts';
import { parseDeviceId, parseMachineActionId } from '../../../../src/domain/ids.ts';
import { instantOf } from '../../../../src/domain/instant.ts';
import { Secret } from '../../../../src/domain/secret.ts';
import type { Defender } from '../../../../src/ports.ts';
import { RecordingBudget } from '../../../fakes/recording-budget.ts';
import { type Answerer, type KeptLog, keptLog, type WireServer, wireServer } from './wire-server.ts';

function defined<T>(value: T | undefined): T {
  assert.ok(value !== undefined);
  return value;
}

/** What the calls of these tests are about. Texts with `marker` must not show up in a log. */
export const token = new Secret('defenderToken', 'token-marker');
export const device = defined(parseDeviceId('a'.repeat(40)));
export const actionId = defined(parseMachineActionId('5382f7ea-7557-4ab7-9782-d50480024a4e'));
export const since = defined(instantOf(new Date('2026-03-01T08:00:00Z')));
export const comment = '[ref 0123456789abcdef0123] reason-marker';
export const machine = {
  id: device,
  computerDnsName: 'pc-7.contoso.com',
  osPlatform: 'Windows11',
  healthStatus: 'Active',
};
export const action = {
  id: actionId,
  type: 'CollectInvestigationPackage',
  status: 'Pending',
  machineId: device,
  requestor: 'ana@contoso.com',
  requestorComment: comment,
  creationDateTimeUtc: '2026-03-01T08:00:00.1234567Z',
};
/** A deadline that does not matter. */
export const soon = () => performance.now() + 5_000;

/** The failure of a result that has to have one. */
export function failureOf(result: DefenderResult<unknown>): DefenderFailure {
  assert.ok(!result.ok);
  return result.failure;
}

/** A certificate that nobody trusts, whatever the process has been told to trust. */
export async function strangersCertificate(): Promise<{ readonly key: string; readonly cert: string }> {
  const altNames = [{ type: 7, ip: '127.0.0.1' } as const];
  const pair = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames }],
  });
  return { key: pair.private, cert: pair.cert };
}

/** A client and the server that it talks to, new for each test. Call it inside `describe`. */
export interface DefenderRig {
  readonly log: KeptLog;
  readonly budget: RecordingBudget;
  /** The server of the last `listen`. */
  readonly server: WireServer;
  /** A client of that server. */
  readonly defender: Defender;
  listen(answer: Answerer, tls?: { readonly key: string; readonly cert: string }): Promise<void>;
  /** A second server, which must not be talked to. */
  listenElsewhere(answer: Answerer): Promise<WireServer>;
}

export function defenderRig(): DefenderRig {
  let log = keptLog();
  let budget = new RecordingBudget();
  let server: WireServer | undefined;
  const open: WireServer[] = [];
  beforeEach(() => {
    log = keptLog();
    budget = new RecordingBudget();
  });
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });
  return {
    get log() {
      return log;
    },
    get budget() {
      return budget;
    },
    get server() {
      return defined(server);
    },
    get defender() {
      return createDefender({ apiUrl: `${defined(server).url}/`, budget, priority: 'person', log });
    },
    async listen(answer, tls) {
      server = await wireServer(answer, tls);
      open.push(server);
    },
    async listenElsewhere(answer) {
      const other = await wireServer(answer);
      open.push(other);
      return other;
    },
  };
}
