/**
 * Preloaded into a replica (`--import`), it makes the process' clock wrong by `SHIFTED_CLOCK_MS`. Timers and
 * `performance.now()` run as ever, as they do when somebody sets a clock.
 */
const shift = Number(process.env.SHIFTED_CLOCK_MS ?? 0);
const RealDate = globalThis.Date;
const now = () => RealDate.now() + shift;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, parts, newTarget) => Reflect.construct(target, parts.length === 0 ? [now()] : parts, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
