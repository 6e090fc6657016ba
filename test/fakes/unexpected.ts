import sinon from 'sinon';

/** A stub of a port's function that throws until a test says what it answers. */
export function unexpected<Fn extends (...args: never[]) => unknown>(name: string) {
  return sinon.stub<Parameters<Fn>, ReturnType<Fn>>().callsFake(() => {
    throw new Error(`This test did not expect ${name} to be called.`);
  });
}
