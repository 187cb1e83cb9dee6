/** What a run tells while it goes on. */
export type TrainEvent =
  /** Files that are cut out or measured, steps of generators. */
  | {
      readonly kind: 'working'
      readonly what: string
      readonly unit: 'files' | 'steps'
      readonly done: number
      readonly total: number
    }
  | { readonly kind: 'left-out'; readonly path: string; readonly reason: string; readonly message: string }
  | {
      readonly kind: 'resumed'
      readonly stage: string
      /** Steps of the stage that were done. */
      readonly step: number
      /** The device of the run so far, where this is another: the weights will not be those of an unbroken run. */
      readonly otherDevice: string | null
    }
  | {
      readonly kind: 'step'
      readonly stage: string
      readonly stageIndex: number
      /** Steps of the stage that are done, of so many. */
      readonly step: number
      readonly steps: number
      /** `loss`, its parts and `gradientNorm` of this step. */
      readonly losses: Readonly<Record<string, number>>
      /** Frames or clips of this step. */
      readonly seen: number
      readonly sees: 'frames' | 'clips'
    }
  | {
      readonly kind: 'validation'
      readonly stage: string
      readonly step: number
      readonly auc: Readonly<Record<string, number | null>>
      readonly watched: number | null
      readonly best: boolean
    }
  | { readonly kind: 'stage-end'; readonly stage: string; readonly reason: 'all steps' | 'no better validation' }

export type OnTrainEvent = (event: TrainEvent) => void
