/** What `npm run doctor` was asked to do. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';

/** A command that can be carried out, or what is wrong with it. */
export type DoctorCommand =
  | {
      readonly kind: 'look';
      /** One JSON document on standard output, and nothing else there. */
      readonly json: boolean;
      readonly signIn: boolean;
      /** The registration that the person signs in with. */
      readonly clientId?: string;
      readonly packageFile: string;
    }
  | { readonly kind: 'fault'; readonly fault: string };

/** Shown with every fault. */
export const usage = `npm run doctor -- [--json] [--sign-in [--client-id <GUID>]] [--package <file>]
`;

/** Where `npm run package` writes. */
const usualPackage = fileURLToPath(new URL('../../out/collector.zip', import.meta.url));

/** Reads the arguments behind the script's name. */
export function readDoctorCommand(args: readonly string[]): DoctorCommand {
  const options = {
    json: { type: 'boolean', default: false },
    'sign-in': { type: 'boolean', default: false },
    'client-id': { type: 'string' },
    package: { type: 'string', default: usualPackage },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    const { json, 'sign-in': signIn, 'client-id': clientId, package: packageFile } = values;
    if (clientId === undefined) return { kind: 'look', json, signIn, packageFile };
    if (!signIn) return { kind: 'fault', fault: '--client-id belongs to --sign-in' };
    if (!z.guid().safeParse(clientId).success) return { kind: 'fault', fault: '--client-id takes a GUID' };
    return { kind: 'look', json, signIn, clientId, packageFile };
  } catch (error) {
    // parseArgs throws a TypeError for what is not among the options.
    if (error instanceof TypeError) return { kind: 'fault', fault: error.message };
    throw error;
  }
}
