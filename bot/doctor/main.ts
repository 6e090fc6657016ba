/** `npm run doctor`. */
import { runDoctor } from './run.ts';

const { argv, env, stdout, stderr } = process;
process.exitCode = await runDoctor(argv.slice(2), env, { out: stdout, err: stderr });
