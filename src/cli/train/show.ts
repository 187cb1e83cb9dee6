import type { TrainEvent } from '../../train/events.ts'
import { type Progress, startProgress } from '../progress.ts'
import { lineOf, lossText } from './words.ts'

type StepEvent = Extract<TrainEvent, { kind: 'step' }>

/** What a shown mean of the losses keeps of the one before: those of the last twenty steps count. */
const kept = 0.95

/** Shows on stderr what happens while training: one line of progress, and lines of what is worth keeping. */
export class TrainingShow implements Disposable {
  #what = ''
  #progress: Progress | undefined
  #seen = 0
  #means: Record<string, number> = {}

  readonly onEvent = (event: TrainEvent): void => {
    if (event.kind === 'step') this.#showStep(event)
    else if (event.kind === 'working') {
      this.#begin(event.what, event.unit, 0).update(event.done, event.done / event.total)
    } else if (this.#progress) this.#progress.say(lineOf(event))
    else console.error(lineOf(event))
  };

  [Symbol.dispose](): void {
    this.#progress?.[Symbol.dispose]()
    this.#progress = undefined
  }

  #showStep({ stage, stageIndex, step, steps, seen, sees, losses }: StepEvent): void {
    const progress = this.#begin(`stage ${stageIndex + 1} (${stage})`, sees, (step - 1) / steps)
    this.#seen += seen
    for (const [name, value] of Object.entries(losses)) {
      this.#means[name] = kept * (this.#means[name] ?? value) + (1 - kept) * value
    }
    progress.update(this.#seen, step / steps, lossText(this.#means))
  }

  /** The progress of what is going on; a new one where that is something else. */
  #begin(what: string, unit: string, begun: number): Progress {
    if (this.#progress && this.#what === what) return this.#progress
    this[Symbol.dispose]()
    this.#what = what
    this.#seen = 0
    this.#means = {}
    this.#progress = startProgress(what, unit, process.stderr, () => performance.now(), begun)
    return this.#progress
  }
}
