import type { Image, Size } from '../video/image.ts'
import { applyMatrix, type ColourMatrix, changesNothing } from './pixels/colour-matrix.ts'
import { addDetail, sharpen, soften } from './pixels/detail.ts'
import { type ChangePlan, matrixOf } from './plan/change-plan.ts'

/** By how much a picture is made smaller to tell its fine detail from the rest. */
const detailFactor = 3

/** Changes colours and sharpness as a plan says. Colours are rows of red, green and blue, 0 to 255. */
export class Changer {
  readonly #plan: ChangePlan
  readonly #matrix: ColourMatrix
  #whole = new Float32Array(0)

  constructor(plan: ChangePlan) {
    this.#plan = plan
    this.#matrix = matrixOf(plan)
  }

  /** In place. */
  inside(colours: Float32Array, size: Size): void {
    const { softening, sharpening } = this.#plan
    if (softening !== undefined) soften(colours, size, softening)
    if (sharpening !== undefined) sharpen(colours, size, sharpening)
    if (!changesNothing(this.#matrix)) applyMatrix(this.#matrix, colours, size.width * size.height)
  }

  /** A changed copy. */
  whole({ width, height, data }: Image): Image {
    if (this.#whole.length !== data.length) this.#whole = new Float32Array(data.length)
    this.#whole.set(data)
    this.inside(this.#whole, { width, height })
    return { width, height, data: new Uint8Array(Uint8ClampedArray.from(this.#whole).buffer) }
  }

  /** In place: adds to red, green and blue. */
  shift(colours: Float32Array, [red, green, blue]: readonly [number, number, number]): void {
    if (red === 0 && green === 0 && blue === 0) return
    for (let i = 0; i < colours.length; i += 3) {
      colours[i]! += red
      colours[i + 1]! += green
      colours[i + 2]! += blue
    }
  }

  /** In place: made smaller by a factor and larger again, where that is above 1. */
  soften(colours: Float32Array, size: Size, factor: number): void {
    if (factor > 1) soften(colours, size, factor)
  }

  /** In place: puts a share of the fine detail of others back. */
  addDetail(colours: Float32Array, of: Float32Array, size: Size, share: number): void {
    addDetail(colours, of, size, { factor: detailFactor, share })
  }
}
