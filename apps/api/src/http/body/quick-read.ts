import { type ClassConstructor, type TransformFnParams, TransformationType } from 'class-transformer';
import { defaultMetadataStorage as transformations } from 'class-transformer/cjs/storage.js';
import {
  getMetadataStorage,
  type ValidationArguments,
  type ValidatorConstraintInterface,
  ValidationTypes,
} from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';

/** Makes a DTO of what is surely good; undefined for all else, which is for the libraries to say. */
export type QuickRead = (given: Readonly<Record<string, unknown>>) => object | undefined;

/** One rule of one member, as class-validator keeps it. */
interface Rule {
  readonly metadata: ValidationMetadata;
  readonly constraints: readonly ValidatorConstraintInterface[];
}

/** What class-transformer is told. */
export const OPTIONS = { exposeDefaultValues: true } as const;

interface Member {
  readonly name: string;
  readonly transforms: readonly ((given: TransformFnParams) => unknown)[];
  readonly conditions: readonly ((dto: object, value: unknown) => boolean)[];
  readonly rules: readonly Rule[];
}

/**
 * What class-transformer and class-validator do for a DTO whose members are plain values, with what they look up anew
 * for each object looked up once: a tenth of what answering a small request costs. The rules are the decorators' own.
 * It never refuses: whatever breaks a rule, and every member that is a list or an object, goes the libraries' way.
 * @returns undefined for a class that needs more than that (nested DTOs, `@Type`, other names)
 */
export function quickReadOf(type: ClassConstructor<object>): QuickRead | undefined {
  const members = membersOf(type);
  if (!members) return undefined;
  const known = new Map(members.map((member) => [member.name, member]));
  if (Object.keys(new type()).some((name) => !known.has(name))) return undefined;
  return (given) => {
    const dto = new type() as Record<string, unknown>;
    for (const name of Object.keys(given)) {
      const member = known.get(name);
      if (!member) continue;
      const value = isPlain(given[name]) ? transformed(member, given) : undefined;
      if (!isPlain(value)) return undefined;
      dto[name] = value;
    }
    return members.every((member) => isGood(member, dto)) ? dto : undefined;
  };
}

function isPlain(value: unknown): boolean {
  return value !== undefined && (typeof value !== 'object' || value === null);
}

function transformed({ name, transforms }: Member, given: Readonly<Record<string, unknown>>): unknown {
  return transforms.reduce<unknown>(
    (value, transform) =>
      transform({ value, key: name, obj: given, type: TransformationType.PLAIN_TO_CLASS, options: OPTIONS }),
    given[name],
  );
}

function isGood({ name, conditions, rules }: Member, dto: Record<string, unknown>): boolean {
  const value = dto[name];
  if (!conditions.every((applies) => applies(dto, value))) return true;
  return rules.every(({ metadata, constraints }) => {
    if (metadata.validateIf && !metadata.validateIf(dto, value)) return true;
    const given: ValidationArguments = {
      targetName: dto.constructor.name,
      property: name,
      object: dto,
      value,
      constraints: metadata.constraints,
    };
    // A promise is not `true`: what takes time is for the libraries.
    return constraints.every((constraint) => constraint.validate(value, given) === true);
  });
}

function membersOf(type: ClassConstructor<object>): Member[] | undefined {
  const storage = getMetadataStorage();
  const all = storage.getTargetValidationMetadatas(type, '', false, false);
  if (transformations.getStrategy(type) !== 'none') return undefined;
  const members: Member[] = [];
  for (const [name, found] of Object.entries(storage.groupByPropertyName(all))) {
    const conditions: Member['conditions'][number][] = [];
    const rules: Rule[] = [];
    const transforms = transformsOf(type, name);
    if (!transforms || name in type.prototype) return undefined;
    for (const metadata of found) {
      if (metadata.type === ValidationTypes.WHITELIST) continue;
      if (metadata.type === ValidationTypes.CONDITIONAL_VALIDATION) {
        conditions.push(metadata.constraints[0] as Member['conditions'][number]);
      } else if (
        metadata.type === ValidationTypes.CUSTOM_VALIDATION ||
        metadata.type === ValidationTypes.IS_DEFINED
      ) {
        const constraints = storage.getTargetValidatorConstraints(metadata.constraintCls);
        rules.push({ metadata, constraints: constraints.map(({ instance }) => instance) });
      } else return undefined;
    }
    members.push({ name, transforms, conditions, rules });
  }
  return members;
}

/** Undefined for a member that more is done with than that. */
function transformsOf(type: ClassConstructor<object>, name: string): Member['transforms'] | undefined {
  if (
    transformations.findTypeMetadata(type, name) !== undefined ||
    transformations.findExposeMetadata(type, name) !== undefined ||
    transformations.findExcludeMetadata(type, name) !== undefined
  )
    return undefined;
  const found = transformations.findTransformMetadatas(type, name, TransformationType.PLAIN_TO_CLASS);
  return found.map(({ transformFn }) => transformFn);
}
