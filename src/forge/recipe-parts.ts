import { z } from 'zod'

/** 0 (never) to 1 (always). */
export const chance = (value: number) => z.number().min(0).max(1).default(value)

/** An amount of at most `most`; 0 leaves it out. */
export const amount = (value: number, most: number) => z.number().min(0).max(most).default(value)

/** Lowest and highest of what is drawn. */
export const between = (low: number, high: number, least: number, most: number) =>
  z
    .tuple([z.number().min(least).max(most), z.number().min(least).max(most)])
    .refine(([from, to]) => from <= to, 'the first number must not be above the second')
    .default([low, high])

/** How often each is drawn, in relation to the others; 0 is never. */
export const weight = (value: number) => z.number().min(0).max(1e6).default(value)
