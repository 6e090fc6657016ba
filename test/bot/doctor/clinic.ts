/** Checks of the doctor, against a sandbox in this process; whatever they find is searched for secrets. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readConfig } from '../../../bot/config.ts';
import type { Environment } from '../../../bot/config-reader.ts';
import type { Finding, StepId } from '../../../bot/doctor/finding.ts';
import { openSite, type SignInWish, type Site } from '../../../bot/doctor/site.ts';
import { checks } from '../../../bot/doctor/steps.ts';
import { trustInThisProcess } from '../../sandbox/certificates.ts';
import { terminalClientId } from '../../sandbox/device-codes.ts';
import type { AssertionChanges } from '../../sandbox/entra-tokens.ts';
import type { Person } from '../../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';

/** The beginning of any token, the bot's own secret and other marked ones, passwords of the test databases. */
export const secret = /eyJ[\w-]{3,}|sandbox~client~secret|-marker|only-for-tests|hidden-word/;

/** What differs from an installation in order. */
export interface Case {
  readonly env?: Environment;
  readonly signIn?: SignInWish;
  readonly packageFile?: string;
  /** Changes what the check looks at. */
  readonly site?: (site: Site) => Site;
}

/** A sandbox with a bot that is set up rightly, but for a database and a package: those need time, and few tests. */
export class Clinic {
  readonly sandbox: Sandbox;

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  static async open(): Promise<Clinic> {
    await trustInThisProcess();
    const sandbox = await startSandbox();
    sandbox.entra.applicationRoles = [];
    return new Clinic(sandbox);
  }

  environment(changes: Environment = {}): Environment {
    return { ...this.sandbox.environment(), DATABASE_URL: nowhere, ...changes };
  }

  /** Runs one check alone. */
  async look(id: StepId, { env = {}, signIn, packageFile = join(nowhere, 'none.zip'), site = same }: Case = {}) {
    const environment = this.environment(env);
    const reading = readConfig(environment);
    assert.ok(reading.ok, JSON.stringify(reading));
    const opened = openSite(reading.config, environment, { packageFile, ...(signIn && { signIn }) });
    const check = checks.find((each) => each.id === id);
    assert.ok(check !== undefined);
    try {
      const finding = await check.run(site(opened));
      assert.doesNotMatch(JSON.stringify(finding), secret);
      return finding;
    } finally {
      await opened.close();
    }
  }

  /** A person who signs in at the terminal as soon as they see the code. */
  as(person: Person, changes: AssertionChanges = {}, clientId: string = terminalClientId): SignInWish {
    return { clientId, show: ({ code }) => this.sandbox.entra.deviceCodes.complete(code, person, changes) };
  }

  close(): Promise<void> {
    return this.sandbox.stop();
  }
}

const nowhere = join(import.meta.dirname, 'no-such-store');
const same = (site: Site) => site;

/** A finding of that kind, whose words have this. */
export function assertFound(finding: Finding, kind: Finding['kind'], words: RegExp): void {
  assert.equal(finding.kind, kind, JSON.stringify(finding));
  assert.match(Object.values(finding).join('\n'), words);
}
