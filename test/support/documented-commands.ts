import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './chorus-process.js';

/** A block of commands of a document, and the JSON that the document shows as its answer. */
export interface CommandBlock {
  readonly commands: string;
  readonly answer?: unknown;
}

/** What a block printed. */
export interface BlockOutcome extends CommandBlock {
  readonly printed: string;
}

/** The fenced `sh` blocks of a document that call the server; a `json` block right after one is its answer. */
export async function commandBlocks(path: string): Promise<CommandBlock[]> {
  const text = await readFile(join(ROOT, path), 'utf8');
  const fences = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
  return fences.flatMap(([, language, commands], index) => {
    if (language !== 'sh' || /^npm /m.test(commands!)) return [];
    const [, next, answer] = fences[index + 1] ?? [];
    return [{ commands: commands!, ...(next === 'json' && { answer: JSON.parse(answer!) as unknown }) }];
  });
}

const MARK = '@@ next block @@';

/**
 * Runs the blocks of one document in one shell, which ends at the first command that fails, an HTTP error included.
 * @param directory where it runs; gets a `curl` that knows HTTP errors
 * @throws Error with everything that was run and said
 */
export async function runBlocks(
  blocks: readonly CommandBlock[],
  { url, dataDir, directory }: { url: string; dataDir: string; directory: string },
): Promise<BlockOutcome[]> {
  const bin = join(directory, 'bin');
  await mkdir(bin, { recursive: true });
  const real = (await shell('command -v curl', directory, process.env['PATH']!)).stdout.trim();
  await writeFile(join(bin, 'curl'), `#!/bin/sh\nexec ${real} --fail-with-body --show-error "$@"\n`);
  await chmod(join(bin, 'curl'), 0o755);
  const script = blocks
    .map(({ commands }) =>
      commands.replaceAll('http://127.0.0.1:3000', url).replaceAll('.chorus/', `${dataDir}/`),
    )
    .join(`\nprintf '\\n${MARK}\\n'\n`);
  const { code, stdout, stderr } = await shell(
    `set -euxo pipefail\n${script}`,
    directory,
    `${bin}:${process.env['PATH']}`,
  );
  if (code !== 0) throw new Error(`A documented command failed (${code}).\n${stdout}\n${stderr}`);
  const printed = stdout.split(`\n${MARK}\n`);
  return blocks.map((block, index) => ({ ...block, printed: printed[index]!.trim() }));
}

/** The names and kinds of what a JSON value holds; of a list, those of its first item. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? [shapeOf(value[0])] : [];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
}

export async function hasCommands(...names: string[]): Promise<boolean> {
  const { code } = await shell(
    names.map((name) => `command -v ${name}`).join(' && '),
    ROOT,
    process.env['PATH']!,
  );
  return code === 0;
}

function shell(
  script: string,
  cwd: string,
  path: string,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn('bash', ['-c', script], { cwd, env: { PATH: path, HOME: cwd } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
