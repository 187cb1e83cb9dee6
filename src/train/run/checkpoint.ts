import { stat } from 'node:fs/promises'
import { z } from 'zod'
import { UnmaskError } from '../../errors.ts'
import { readBytes } from '../../files/read.ts'
import { replaceFile } from '../../files/replace.ts'
import type { TrainerState } from '../../network/trainer.ts'
import { decodeSafetensors, encodeSafetensors } from '../../tensor/safetensors.ts'

const version = 1

const words = z.array(z.int().min(0))

const schema = z.strictObject({
  version: z.literal(version),
  /** Of recipe and start: a run goes on only with what it was begun with. */
  identity: z.string(),
  /** Which stage, from 0, and how many of its steps are done. */
  stage: z.int().min(0),
  steps: z.int().min(0),
  random: z.strictObject({ key: words, words, spare: z.number().nullable() }),
  /** Best validation of this stage so far, and how many there were after it. */
  best: z.number().nullable(),
  sinceBest: z.int().min(0),
  /** Steps that were done at the last validation. */
  validated: z.int().min(0),
  /** Whether the stage has ended. */
  ended: z.boolean(),
  /** Of the device: other devices give other bits. */
  device: z.string(),
})

/** Where a run stands, besides its tensors. */
export type Progress = Omit<z.output<typeof schema>, 'version' | 'random' | 'steps'>

export interface Checkpoint {
  readonly progress: Progress
  readonly state: TrainerState
}

/** Replaces the checkpoint; whatever goes wrong, the one before stays. @throws UnmaskError `file-access` */
export async function writeCheckpoint(path: string, { progress, state }: Checkpoint): Promise<void> {
  const { tensors, steps, random } = state
  const facts = { version, ...progress, steps, random }
  await replaceFile(path, encodeSafetensors(Object.entries(tensors), { checkpoint: JSON.stringify(facts) }))
}

/** Undefined where there is none. @throws UnmaskError `checkpoint-invalid`, `safetensors-format`, `file-access` */
export async function readCheckpoint(path: string): Promise<Checkpoint | undefined> {
  if (!(await stat(path).catch(() => undefined))) return undefined
  const { tensors, metadata } = decodeSafetensors(await readBytes(path), path)
  const read = schema.safeParse(parsed(metadata.checkpoint))
  if (!read.success) throw new UnmaskError('checkpoint-invalid', `${path} is no checkpoint of this version`)
  const { version: _, steps, random, ...progress } = read.data
  return { progress, state: { tensors: Object.fromEntries(tensors), steps, random } }
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
