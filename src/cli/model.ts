import type { Command } from 'commander'
import { registerAverage } from './model/average.ts'
import { registerCalibrate } from './model/calibrate.ts'
import { registerExport } from './model/export.ts'
import { registerImport } from './model/import.ts'
import { registerInfo } from './model/info.ts'
import { registerNew } from './model/new.ts'

/** `unmask model`: model files, from their making to ONNX. */
export function registerModel(program: Command): void {
  const model = program.command('model').description('make, inspect, import, export, average and calibrate model files')
  for (const register of [
    registerNew,
    registerInfo,
    registerExport,
    registerImport,
    registerAverage,
    registerCalibrate,
  ])
    register(model)
}
