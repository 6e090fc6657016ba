/** The arguments of `npm run entra`. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { cloudNames } from '../../bot/clouds.ts';

/** Shown with every fault. */
export const usage = `npm run entra -- [--name Collector] [--app <application id>] [--identity <principal id>]
                 [--connection defender-sso] [--cloud ${cloudNames.join('|')}]
                 [--domain <host of the bot>] [--dry-run]

--name        the registration is found, or made, by this name
--app         an existing registration, by its application (client) id
--identity    the managed identity that the bot runs as, by its object (principal) id
--connection  the name of the OAuth connection on the Azure Bot
--domain      the bot's host name, once it is known: Teams signs people in to the tab by it
--dry-run     says what it would do, and does nothing
--set-env     also prints the ids as the Microsoft 365 Agents Toolkit reads them
`;

const optionsShape = z
  .object({
    name: z.string().min(1).max(120).default('Collector'),
    app: z.guid().optional(),
    identity: z.guid().optional(),
    connection: z
      .string()
      .regex(/^[\w.-]{2,64}$/)
      .default('defender-sso'),
    cloud: z.enum(cloudNames).optional(),
    domain: z.hostname().optional(),
    'dry-run': z.boolean().default(false),
    'set-env': z.boolean().default(false),
  })
  .transform(({ 'dry-run': isDryRun, 'set-env': doesSetEnv, ...rest }) => ({ ...rest, isDryRun, doesSetEnv }));

/** What `npm run entra` was asked for. */
export type Options = z.infer<typeof optionsShape>;

/** The options, or what is wrong with them. */
export function readOptions(args: readonly string[]): Options | string {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const options = {
      name: text,
      app: text,
      identity: text,
      connection: text,
      cloud: text,
      domain: text,
      'dry-run': flag,
      'set-env': flag,
    };
    const { values } = parseArgs({ args: [...args], options });
    const read = optionsShape.safeParse(values);
    return read.success ? read.data : z.prettifyError(read.error);
  } catch (error) {
    // parseArgs throws a TypeError for what is not among the options.
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}
