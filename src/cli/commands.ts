import type { Command } from 'commander'
import { registerAblate } from './ablate.ts'
import { registerCompare } from './compare.ts'
import { registerDataset } from './dataset.ts'
import { registerDetect } from './detect.ts'
import { registerDevices } from './devices.ts'
import { registerEvaluate } from './evaluate.ts'
import { registerFaces } from './faces.ts'
import { registerForge } from './forge.ts'
import { registerModel } from './model.ts'
import { registerProbe } from './probe.ts'
import { registerTrain } from './train.ts'
import { registerVersion } from './version.ts'

/** Adds one command to the program: its name, arguments, options, help and action. */
export type RegisterCommand = (program: Command) => void

/**
 * Every command, in the order of the help. A command is one file that exports its `RegisterCommand`; what is slow to
 * load (engine, video) it imports within its action, so that the help stays quick.
 */
export const commands: readonly RegisterCommand[] = [
  registerDetect,
  registerProbe,
  registerFaces,
  registerDataset,
  registerForge,
  registerTrain,
  registerAblate,
  registerEvaluate,
  registerCompare,
  registerDevices,
  registerModel,
  registerVersion,
]
