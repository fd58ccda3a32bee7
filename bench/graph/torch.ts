import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";

/** Something that takes training steps and says how long they took. */
export type Contender = { seconds(steps: number): Promise<number>; stop(): Promise<void> };

/** Starts torch_step.py, which waits for rounds on its standard input and is idle between them. */
export async function startTorch(python: string, numbers: readonly number[]): Promise<Contender> {
  const script = path.join(import.meta.dirname, "torch_step.py");
  const child = spawn(python, [script, ...numbers.map(String)], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${python} ended without an answer; it needs PyTorch.`);
    return value;
  };
  await next();
  return {
    async seconds(steps) {
      child.stdin.write(`${steps}\n`);
      return Number(await next());
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.stdin.end();
      await ended;
    },
  };
}
