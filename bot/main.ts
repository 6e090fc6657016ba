/** What `node` is started with. It loads the server only after Node knows where it keeps what it has compiled. */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// What this process writes is for its own user.
process.umask(0o077);
// The same folder from `bot/` and from `dist/`, where this file is once it is built.
const dist = new URL('../dist/', import.meta.url);
enableCompileCache(fileURLToPath(new URL('compiled/', dist)));
const { serve } = await import('./serve.ts');
await serve(dist);
