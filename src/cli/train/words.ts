import type { TrainEvent } from '../../train/events.ts'

/** An AUC for people. */
export function aucText(value: number | null): string {
  return value === null ? 'not defined' : value.toFixed(3)
}

/** Losses of the step on one line. */
export function lossText({ gradientNorm: _, ...losses }: Readonly<Record<string, number>>): string {
  return Object.entries(losses)
    .map(([name, value]) => `${name.replace('loss.', '')} ${value.toFixed(3)}`)
    .join(' ')
}

/** An event that is worth a line of its own. */
export function lineOf(event: Exclude<TrainEvent, { kind: 'working' | 'step' }>): string {
  if (event.kind === 'left-out') return `left out ${event.path}: ${event.message}`
  if (event.kind === 'resumed') {
    const begun = `going on with stage ${event.stage} after step ${event.step}`
    if (event.otherDevice === null) return begun
    return `${begun}; another device trained it until now (${event.otherDevice}), so that the bits will differ`
  }
  if (event.kind === 'stage-end') return `stage ${event.stage} ended: ${event.reason}`
  const sets = Object.entries(event.auc).map(([name, value]) => `${name} ${aucText(value)}`)
  const said = sets.length > 0 ? `video AUC ${sets.join(', ')}` : 'no validation sets'
  return `stage ${event.stage}, step ${event.step}: ${said}${event.best ? ' (best so far)' : ''}`
}
