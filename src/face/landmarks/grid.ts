/** Steps in a pixel. Devices differ by far less, so that what is computed from landmarks is the same on all of them. */
const places = 16

/** The nearest place on the grid of landmarks. */
export function onLandmarkGrid(pixels: number): number {
  return Math.round(pixels * places) / places
}
