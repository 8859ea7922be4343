/**
 * Writes docs/configuration.md from the class that the environment is checked against, so that the page cannot say
 * anything else: `npm run configuration`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCE = join(root, 'libs/platform/config/environment.ts');
export const PAGE = join(root, 'docs/configuration.md');

const HEAD = `# Configuration

Environment variables. Everything has a default that suits \`npm start\`; a wrong value stops the start with a sentence that names the variable. This page is written by \`npm run configuration\` from the class that checks them, \`libs/platform/config/environment.ts\`.

| variable | default | may be | what it is |
| -------- | ------- | ------ | ---------- |
`;

/** The page, as the class stands now. */
export async function configurationPage() {
  const source = ts.createSourceFile(SOURCE, await readFile(SOURCE, 'utf8'), ts.ScriptTarget.Latest, true);
  const environment = source.statements.find(
    (node) => ts.isClassDeclaration(node) && node.name?.text === 'Environment',
  );
  const rows = environment.members.filter(ts.isPropertyDeclaration).map((member) => row(member, source));
  return HEAD + rows.join('');
}

function row(member, source) {
  const name = member.name.getText(source);
  const description = ts
    .getJSDocCommentsAndTags(member)
    .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '')
    .join(' ')
    .replaceAll(/\s+/g, ' ');
  const initial = member.initializer?.getText(source);
  const byDefault =
    initial === undefined || initial === "''"
      ? 'unset'
      : `\`${initial.replaceAll("'", '').replaceAll('_', '')}\``;
  return `| \`${name}\` | ${byDefault} | ${rulesOf(member, source)} | ${description.replaceAll('|', String.raw`\|`)} |\n`;
}

/** In words, what the decorators of a member allow. */
function rulesOf(member, source) {
  const rules = new Map();
  for (const { expression } of ts.getDecorators(member) ?? []) {
    if (!ts.isCallExpression(expression)) continue;
    rules.set(
      expression.expression.getText(source),
      expression.arguments.map((argument) => argument.getText(source)),
    );
  }
  const message = /message: ["']must be ([^"']+)["']/.exec([...rules.values()].flat().join(' '))?.[1];
  if (rules.has('IsIn'))
    return [...rules.get('IsIn')[0].matchAll(/'([^']+)'/g)].map(([, word]) => `\`${word}\``).join(', ');
  if (rules.has('IsInt')) {
    const [min, max] = ['Min', 'Max'].map((bound) => rules.get(bound)?.[0].replaceAll('_', ''));
    return max === undefined ? `an integer from ${min}` : `an integer from ${min} to ${max}`;
  }
  if (message !== undefined) return message;
  if (rules.has('MinLength') && rules.get('MinLength')[0] !== '1')
    return `at least ${rules.get('MinLength')[0]} characters`;
  return 'text';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(PAGE, await configurationPage());
