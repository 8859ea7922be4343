import { readdirSync } from 'node:fs';

const DOCUMENTS = new URL('../../../docs/openapi/', import.meta.url);

/** Every operation of every document that the server publishes. */
export async function readOperations(url) {
  const names = readdirSync(DOCUMENTS).filter((name) => name.endsWith('.json'));
  const operations = [];
  for (const name of names) {
    const answer = await fetch(`${url}/docs/${name}`);
    if (!answer.ok) throw new Error(`/docs/${name}: ${answer.status}`);
    const document = await answer.json();
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        operations.push(describe(document, name.replace('.json', ''), method.toUpperCase(), path, operation));
      }
    }
  }
  return operations;
}

function describe(document, dialect, method, path, operation) {
  const parameters = operation.parameters ?? [];
  const [[type, media] = []] = Object.entries(operation.requestBody?.content ?? {});
  return {
    dialect,
    method,
    path,
    query: parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
    headers: parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name),
    type,
    example: media && exampleOf(document, media.schema),
  };
}

/** A value that fits a schema, made of its examples. */
function exampleOf(document, schema = {}, depth = 0) {
  if (schema.$ref) {
    const target = schema.$ref
      .split('/')
      .slice(1)
      .reduce((at, part) => at[part], document);
    return exampleOf(document, target, depth);
  }
  if (schema.example !== undefined) return schema.example;
  if (schema.examples?.length > 0) return schema.examples[0];
  if (schema.enum) return schema.enum[0];
  const [variant] = schema.allOf ?? schema.oneOf ?? schema.anyOf ?? [];
  if (variant) return exampleOf(document, variant, depth);
  const type = [schema.type].flat()[0];
  if (type === 'object' || schema.properties) {
    if (depth > 5) return {};
    const members = Object.entries(schema.properties ?? {});
    return Object.fromEntries(
      members.map(([name, member]) => [name, exampleOf(document, member, depth + 1)]),
    );
  }
  if (type === 'array') return [exampleOf(document, schema.items, depth + 1)];
  return { string: 'text', integer: 1, number: 1.5, boolean: true, null: null }[type] ?? null;
}
