/** `npm run release`. */
import { runRelease } from './run.ts';

const { argv, stdout, stderr } = process;
const today = new Date().toISOString().slice(0, 10);
process.exitCode = await runRelease(argv.slice(2), process.cwd(), today, { out: stdout, err: stderr });
