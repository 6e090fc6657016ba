/** The Dockerfile, as its builder reads it. */
import { readFileSync } from 'node:fs';
import { DockerfileParser, type Instruction as ParsedInstruction } from 'dockerfile-ast';
import { ModifiableInstruction } from 'dockerfile-ast/lib/modifiableInstruction.js';

/** One instruction, with the build's arguments filled in. */
export interface Instruction {
  /** `COPY`, `RUN`, … */
  readonly keyword: string;
  /** `--from=…` and the like. */
  readonly flags: readonly string[];
  /** What follows the flags. */
  readonly text: string;
}

/** `FROM` and what follows it. */
export interface Stage {
  readonly from: string;
  readonly instructions: readonly Instruction[];
}

/** The file's text. */
export const dockerfileText = readFileSync(new URL('../Dockerfile', import.meta.url), 'utf8');

/** The stages, in their order; the last one is the image. */
export function dockerfileStages(): readonly Stage[] {
  const parsed = DockerfileParser.parse(dockerfileText);
  const defaults = new Map(
    parsed.getInitialARGs().map((each) => [each.getProperty()?.getName() ?? '', each.getProperty()?.getValue() ?? '']),
  );
  const filled = (text: string) =>
    text.replaceAll(/\$\{(\w+)\}/g, (whole, name: string) => defaults.get(name) ?? whole);
  const stages: { from: string; instructions: Instruction[] }[] = [];
  for (const instruction of parsed.getInstructions()) {
    const keyword = instruction.getKeyword();
    const text = filled(instruction.getRawArgumentsContent() ?? '');
    if (keyword === 'FROM') stages.push({ from: text, instructions: [] });
    else stages.at(-1)?.instructions.push({ keyword, flags: flagsOf(instruction), text });
  }
  return stages;
}

function flagsOf(instruction: ParsedInstruction): readonly string[] {
  return instruction instanceof ModifiableInstruction ? instruction.getFlags().map(String) : [];
}
