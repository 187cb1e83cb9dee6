import type { TrainEvent } from '../../train/events.ts'
import { type Progress, startProgress } from '../progress.ts'
import { inText } from './run.ts'

/** Shows what happens while training on stderr: one line of progress, and lines of what is worth keeping. */
export function showTraining(): Disposable & { onEvent(event: TrainEvent): void } {
  let progress: { readonly what: string; readonly shown: Progress } | undefined
  let seen = 0
  let means: Record<string, number> = {}
  const end = () => {
    progress?.shown[Symbol.dispose]()
    progress = undefined
  }
  const progressOf = (what: string, unit: string) => {
    if (progress?.what !== what) {
      end()
      seen = 0
      means = {}
      progress = { what, shown: startProgress(what, unit) }
    }
    return progress.shown
  }
  const onEvent = (event: TrainEvent) => {
    if (event.kind === 'preparing') {
      progressOf(event.what, 'files').update(event.done, event.done / event.total)
    } else if (event.kind === 'step') {
      const shown = progressOf(`stage ${event.stage}`, event.sees)
      means = moved(means, event.losses)
      seen += event.seen
      shown.update(seen, event.step / event.steps, lossText(means))
    } else {
      end()
      console.error(lineOf(event))
    }
  }
  return { onEvent, [Symbol.dispose]: end }
}

/** Running means of the last twenty steps or so. */
function moved(means: Record<string, number>, now: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(now).map(([name, value]) => [
      name,
      means[name] === undefined ? value : means[name] * 0.95 + value * 0.05,
    ]),
  )
}

function lossText({ gradientNorm: _, ...losses }: Record<string, number>): string {
  return Object.entries(losses)
    .map(([name, value]) => `${name.replace('loss.', '')} ${value.toFixed(3)}`)
    .join(' ')
}

function lineOf(event: Exclude<TrainEvent, { kind: 'preparing' | 'step' }>): string {
  if (event.kind === 'left-out') return `left out ${event.path}: ${event.message}`
  if (event.kind === 'stage-end') return `stage ${event.stage} ended: ${event.reason}`
  const sets = Object.entries(event.auc).map(([name, value]) => `${name} ${inText(value)}`)
  const said = sets.length > 0 ? `video AUC ${sets.join(', ')}` : 'no validation sets'
  return `stage ${event.stage}, step ${event.step}: ${said}${event.best ? ' (best so far)' : ''}`
}
