import type { Point } from './face.ts'

/** Height and width of the pictures that BlazeFace "back" takes. */
export const inputSize = 256

/** Cells a side and anchors a cell, in the order of the network's outputs. */
const layers = [
  { cells: 16, each: 2 },
  { cells: 8, each: 6 },
] as const

/** Where the anchors of each pair of outputs lie, in pixels of the input: cell centres, row after row. */
export const anchors: readonly (readonly Point[])[] = layers.map(({ cells, each }) => {
  const place = (i: number) => ((i + 0.5) * inputSize) / cells
  return Array.from({ length: cells * cells * each }, (_, i) => {
    const cell = Math.floor(i / each)
    return [place(cell % cells), place(Math.floor(cell / cells))] as const
  })
})
