import { describe } from '../../src/network/describe.ts'
import type { PresetName } from '../../src/network/presets.ts'
import { preset } from '../../src/network/presets.ts'

/** What is timed: one run of a network, ours and PyTorch's. */
export interface Subject {
  readonly name: string
  /** `mc3`: torchvision's mc3_18 classifier on one 20-frame snippet; else a preset on whole clips. */
  readonly network: 'mc3' | PresetName
  readonly task: 'forward' | 'step'
  /** Snippets (mc3) or clips in a run. */
  readonly batch: number
  /** Alternating runs that are timed. */
  readonly rounds: number
  /** Least ratio of PyTorch's time to ours, where one is set. */
  readonly goal?: number
}

export const subjects: readonly Subject[] = [
  { name: 'mc3_18 forward, 1x3x20x112x112', network: 'mc3', task: 'forward', batch: 1, rounds: 12, goal: 1.2 },
  { name: 'mc3_18 training step, the same', network: 'mc3', task: 'step', batch: 1, rounds: 10, goal: 1 },
  { name: 'mrl-lite forward, 1 clip', network: 'mrl-lite', task: 'forward', batch: 1, rounds: 20 },
  { name: 'mrl-lite training step, 8 clips', network: 'mrl-lite', task: 'step', batch: 8, rounds: 6 },
  { name: 'mrl-mc3 forward, 1 clip', network: 'mrl-mc3', task: 'forward', batch: 1, rounds: 4 },
  { name: 'mrl-mc3 training step, 2 clips', network: 'mrl-mc3', task: 'step', batch: 2, rounds: 2 },
]

/** Work of one run in GFLOP by the network's definition; a training step counts as three times its forward pass. */
export function work({ network, task, batch }: Subject): number {
  const passes = task === 'step' ? 3 : 1
  const { layers, macs } = describe(preset(network === 'mc3' ? 'mrl-mc3' : network))
  const own = layers.filter(({ name }) => name.startsWith('enc.')).reduce((sum, layer) => sum + layer.macs, 0)
  // the preset's clip has five such snippets
  return (2 * passes * batch * (network === 'mc3' ? own / 5 : macs)) / 1e9
}
