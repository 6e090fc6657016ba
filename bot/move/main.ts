/** `npm run move`. */
import { runMove } from './run.ts';

const { argv, env, stdout, stderr } = process;
process.exitCode = await runMove(argv.slice(2), env, { out: stdout, err: stderr });
