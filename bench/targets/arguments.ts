import { parseArgs } from 'node:util'
import { defaultCacheFolder } from '../../src/dataset/cache/folder.ts'
import { UnmaskError } from '../../src/errors.ts'
import type { DeviceKind } from '../../src/runtime/index.ts'
import { data } from '../faces/data.ts'
import { type TargetName, targetNames } from './goals.ts'

/** What `npm run bench -- targets` was asked for. */
export interface TargetsOptions {
  readonly models: readonly string[]
  readonly only: readonly TargetName[]
  /** Folder laid out as `../shared/data/val`. */
  readonly data: string
  readonly generators: string | undefined
  readonly cache: string
  readonly device: 'auto' | DeviceKind
  readonly json: string | undefined
}

export const usage = `npm run bench -- targets --model FILE [--model FILE ...] [--only NAMES] [--json FILE]
  [--generators FILE] [--data FOLDER] [--cache FOLDER] [--device KIND]   (NAMES: ${targetNames.join(',')})`

/** @throws UnmaskError `usage` */
export function parseTargetsArguments(given: readonly string[]): TargetsOptions {
  const { values } = parse(given)
  if (!values.model) throw new UnmaskError('usage', usage)
  const only = values.only?.flatMap((names) => names.split(',')) ?? targetNames
  const unknown = only.find((name) => !(targetNames as readonly string[]).includes(name))
  if (unknown !== undefined) {
    throw new UnmaskError('usage', `no target is called ${unknown}; there are: ${targetNames.join(', ')}`)
  }
  return {
    models: values.model,
    only: only as TargetName[],
    data: values.data ?? `${data}/val`,
    generators: values.generators,
    cache: values.cache ?? defaultCacheFolder(),
    device: (values.device ?? 'cpu') as 'auto' | DeviceKind, // checked where it is opened
    json: values.json,
  }
}

function parse(given: readonly string[]) {
  const once = { type: 'string' } as const
  const often = { type: 'string', multiple: true } as const
  const options = {
    ...{ model: often, only: often, data: once },
    ...{ generators: once, cache: once, device: once, json: once },
  }
  try {
    return parseArgs({ args: [...given], options })
  } catch (error) {
    throw new UnmaskError('usage', `${(error as Error).message}\n${usage}`)
  }
}
