import { defaultCacheFolder } from '../../dataset/cache/folder.ts'
import type { DeviceKind } from '../../runtime/index.ts'
import { type Ablation, ablate } from '../../train/ablate/ablate.ts'
import { ablationTable, crossTable, setsOf } from '../../train/ablate/table.ts'
import { parseChoices, parseOverride } from '../../train/recipe-file.ts'
import { interruptSignal } from '../interrupt.ts'
import { table } from '../text.ts'
import { TrainingShow } from '../train/show.ts'

export interface AblateCommandOptions {
  readonly grid: readonly string[]
  readonly out: string
  readonly seeds: number
  readonly set: readonly string[]
  readonly json: boolean
  readonly cache?: string
  readonly workers: number
  readonly device: 'auto' | DeviceKind
}

export async function runAblation(path: string, options: AblateCommandOptions): Promise<void> {
  const { out, seeds, workers } = options
  using shown = new TrainingShow()
  const ablation = await ablate(path, options.grid.map(parseChoices), out, {
    seeds,
    overrides: options.set.map(parseOverride),
    workers,
    cache: options.cache ?? defaultCacheFolder(),
    device: { device: options.device },
    onEvent: shown.onEvent,
    onRun: ({ number, of, values }) => console.error(`run ${number} of ${of}: ${values.join(', ')}`),
    signal: interruptSignal(),
  })
  if (options.json) console.log(JSON.stringify(ablation, null, 2))
  else console.log(ablationText(ablation).join('\n'))
}

function ablationText(ablation: Ablation): string[] {
  const list = ['video AUC in per cent, mean ± standard deviation over seeds', '', ...table(ablationTable(ablation))]
  if (ablation.keys.length !== 2) return list
  const crosses = setsOf(ablation).flatMap((set) => ['', set, ...table(crossTable(ablation, set))])
  return [...list, ...crosses]
}
