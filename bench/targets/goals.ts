/** What a figure has to be: at least, or at most. */
export type Goal = { readonly least: number } | { readonly most: number }

/** Groups of targets that are measured together, by the name with which they are asked for. */
export const goals = {
  dfl: { auc: { least: 0.8 }, pairs: { least: 0.85 } },
  timit: { hq: { least: 0.97 }, lq: { least: 0.99 } },
  'false-alarms': { share: { most: 0.05 } },
  forged: { auc: { least: 0.95 } },
  mouth: { auc: { least: 0.85 } },
  pointing: { share: { least: 0.8 } },
} as const satisfies Record<string, Record<string, Goal>>

export type TargetName = keyof typeof goals

export const targetNames = Object.keys(goals) as readonly TargetName[]
