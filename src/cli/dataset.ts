import type { Command } from 'commander'
import { registerCache } from './dataset/cache.ts'
import { registerList } from './dataset/list.ts'
import { registerManifest } from './dataset/manifest.ts'
import { registerSplit } from './dataset/split.ts'

/** `unmask dataset`: what a data set holds, as manifests that training and evaluation read. */
export function registerDataset(program: Command): void {
  const dataset = program.command('dataset').description('list data sets, write and split their manifests')
  for (const register of [registerList, registerManifest, registerSplit, registerCache]) register(dataset)
}
