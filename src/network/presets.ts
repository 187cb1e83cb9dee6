import { closest } from 'fastest-levenshtein'
import { UnmaskError } from '../errors.ts'
import { type NetworkConfig, type NetworkConfigInput, networkConfig } from './config.ts'

const presets = {
  /** The paper's network with its authors' settings. */
  'mrl-mc3': {
    backbone: { kind: 'mc3' },
    batchNorm: { statistics: 'snippet' },
  },
  /** The same method for any CPU and the browser. */
  'mrl-lite': {
    input: { frames: 4, size: 128, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] },
    backbone: { kind: 'mobilenet-v2', blocks: 13 },
    attention: {
      width: 64,
      extract: { kernel: 3, stride: 1, padding: 1 },
      project: { kernel: 2, stride: 2, padding: 0 },
    },
    relation: { width: 64 },
  },
} as const satisfies Record<string, NetworkConfigInput | object>

export type PresetName = keyof typeof presets

export const presetNames = Object.keys(presets) as PresetName[]

/** @throws UnmaskError `config-invalid` for an unknown name, with the nearest known one */
export function preset(name: string): NetworkConfig {
  if (!Object.hasOwn(presets, name)) {
    const known = presetNames.join(', ')
    throw new UnmaskError(
      'config-invalid',
      `unknown preset "${name}" (did you mean "${closest(name, presetNames)}"?); known: ${known}`,
    )
  }
  return networkConfig(presets[name as PresetName])
}
