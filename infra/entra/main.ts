/** `npm run entra`. */
import { readSignedIn } from './azure-cli.ts';
import { runEntra } from './run.ts';

const { argv, stdout, stderr } = process;
process.exitCode = await runEntra(argv.slice(2), { out: stdout, err: stderr }, readSignedIn);
