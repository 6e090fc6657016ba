/** The Azure CLI: who is signed in, to which cloud, and a token of theirs for Graph. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';

/** The Azure CLI is missing, or nobody is signed in to it. */
export class NotSignedIn extends Error {
  override readonly name = 'NotSignedIn';
}

/** Where the person who is signed in works. */
export interface SignedIn {
  readonly tenant: string;
  /** `AzureCloud`, `AzureUSGovernment`. */
  readonly cloud: string;
  readonly graph: string;
  /** Entra, without a slash at its end. */
  readonly authority: string;
  /** For Graph. Never printed. */
  readonly token: string;
}

const accountShape = z.object({ tenantId: z.guid(), environmentName: z.string() });
const cloudShape = z.object({
  endpoints: z.object({ activeDirectory: z.url(), microsoftGraphResourceId: z.url() }),
});
const tokenShape = z.object({ accessToken: z.string() });

/** Asks the CLI. Throws NotSignedIn. */
export async function readSignedIn(): Promise<SignedIn> {
  const account = accountShape.parse(await az('account', 'show'));
  const { activeDirectory, microsoftGraphResourceId: graph } = cloudShape.parse(await az('cloud', 'show')).endpoints;
  const { accessToken } = tokenShape.parse(await az('account', 'get-access-token', '--resource', graph));
  const { tenantId: tenant, environmentName: cloud } = account;
  return { tenant, cloud, graph, authority: activeDirectory.replace(/\/$/, ''), token: accessToken };
}

async function az(...args: readonly string[]): Promise<unknown> {
  try {
    // On Windows the CLI is a batch file, which only a shell starts. No argument comes from outside.
    const isWindows = process.platform === 'win32';
    const { stdout } = await promisify(execFile)('az', [...args, '--output', 'json'], { shell: isWindows });
    return JSON.parse(stdout);
  } catch (cause) {
    const command = `az ${args.slice(0, 2).join(' ')}`;
    throw new NotSignedIn(`'${command}' did not work: install the Azure CLI, and sign in with az login.`, { cause });
  }
}
