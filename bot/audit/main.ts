/** `npm run audit`. */
import { runAudit } from './run.ts';

const { argv, env, stdout, stderr } = process;
process.exitCode = await runAudit(argv.slice(2), env, { out: stdout, err: stderr });
