/**
 * PGlite is PostgreSQL as WebAssembly. V8 compiles its functions twice: once quickly, and those that are often called once
 * more, well. The second time costs seconds of processor time, which a process that lives for one test never gets back.
 */
export const engineFlags = ['--liftoff-only'] as const;
