/** Follows a Dockerfile with plain commands: for machines that have no container engine. */
import { cp, mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { execa } from 'execa';
import { dockerfileStages, type Instruction, type Stage } from './dockerfile.ts';

const root = join(import.meta.dirname, '..');

/** What was built. */
export interface Image {
  /** The image's WORKDIR, on this machine. */
  readonly app: string;
  /** What stands behind the image's own `CMD` or `HEALTHCHECK`. Throws when it has none. */
  text(keyword: string): string;
}

/** Makes each stage in a folder of its own below `folder`. Throws for an instruction that it cannot follow. */
export async function buildImage(folder: string): Promise<Image> {
  const stages = dockerfileStages();
  let app = folder;
  for (const [i, stage] of stages.entries()) app = await build(stage, join(folder, `${i}`), folder, stages);
  const image = stages.at(-1);
  return {
    app,
    text: (keyword) => {
      const found = image?.instructions.find((each) => each.keyword === keyword);
      if (found === undefined) throw new Error(`the image has no ${keyword}`);
      return found.text;
    },
  };
}

async function build(stage: Stage, at: string, folder: string, stages: readonly Stage[]): Promise<string> {
  let workDirectory = at;
  for (const instruction of stage.instructions) {
    switch (instruction.keyword) {
      case 'WORKDIR':
        workDirectory = join(at, instruction.text);
        await mkdir(workDirectory, { recursive: true });
        break;
      case 'COPY':
        await copy(instruction, workDirectory, folder, stages);
        break;
      case 'RUN':
        await execa('sh', ['-c', instruction.text], { cwd: workDirectory });
        break;
      case 'ENV':
      case 'USER':
      case 'EXPOSE':
      case 'HEALTHCHECK':
      case 'CMD':
        break;
      default:
        throw new Error(`${instruction.keyword} cannot be followed without a container engine`);
    }
  }
  return workDirectory;
}

async function copy(
  { flags, text }: Instruction,
  workDirectory: string,
  folder: string,
  stages: readonly Stage[],
): Promise<void> {
  const name = flags.find((flag) => flag.startsWith('--from='))?.slice('--from='.length);
  const stage = stages.findIndex(({ from }) => name !== undefined && from.endsWith(` AS ${name}`));
  const source = name === undefined ? root : join(folder, `${stage}`);
  const words = text.split(' ');
  const target = resolve(workDirectory, words.at(-1) ?? '.');
  for (const path of words.slice(0, -1)) {
    const isInto = words.length > 2 || text.endsWith('/');
    const to = isInto ? join(target, path) : target;
    await mkdir(dirname(to), { recursive: true });
    await cp(join(source, path), to, { recursive: true, verbatimSymlinks: true });
  }
}
