import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/**
 * What a build is made from. `times` is cheap to take and changes when a file may have changed, `contents` reads
 * everything and changes when one did.
 *
 * @param {string[]} folders whose TypeScript belongs to it, specs excepted
 * @param {string[]} files single files that belong to it
 */
export function fingerprint(folders, files) {
  const sources = [
    ...folders.flatMap(typescriptIn),
    ...files.filter((file) => existsSync(join(root, file))),
  ].sort();
  const hash = (describe) => {
    const sum = createHash('sha256');
    for (const path of sources)
      sum
        .update(`${path}\0`)
        .update(describe(join(root, path)))
        .update('\0');
    return sum.digest('hex');
  };
  return {
    sources,
    times: hash((path) => {
      const { size, mtimeMs } = statSync(path);
      return `${size} ${mtimeMs}`;
    }),
    contents: () => hash((path) => readFileSync(path)),
  };
}

function typescriptIn(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return typescriptIn(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts') ? [path] : [];
  });
}
