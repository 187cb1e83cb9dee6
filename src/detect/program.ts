import { toOnnx } from '../graph/index.ts'
import { judge, judgeWithCam } from '../network/judge.ts'
import type { Model } from '../network/model-file.ts'
import { type DeviceOptions, type DeviceReport, openDevice, type Tensors } from '../runtime/index.ts'
import { type Tensor, tensor } from '../tensor/tensor.ts'
import type { ClipScore } from './score.ts'

/** What computes a scorer's scores, before calibration. */
export interface ClipProgram extends AsyncDisposable {
  readonly explains: boolean
  readonly device: DeviceReport
  /** @param clip [1, 3, T L, H, W], normalised; taken over */
  run(clip: Tensor<'float32'>, signal: AbortSignal | undefined): Promise<Omit<ClipScore, 'probability'>>
}

/** A model's network, compiled for a device of its own. @throws as `openScorer` */
export async function compileNetwork(model: Model, explain: boolean, options: DeviceOptions): Promise<ClipProgram> {
  const device = await openDevice(options)
  try {
    const graph = explain
      ? judgeWithCam(model, { batch: 1, target: 'margin', eachFrame: true })
      : { logits: judge(model, { batch: 1 }).logits }
    const provider = device.report.kind
    const program = await device.compile(toOnnx({ ...graph }, { provider }), {
      transferModel: true,
      sharesProcessor: true,
    })
    return {
      explains: explain,
      device: device.report,
      run: async (clip, signal) =>
        scoreOf(await program.run({ clip }, { transferFeeds: true, ...(signal && { signal }) })),
      [Symbol.asyncDispose]: () => device.dispose(),
    }
  } catch (error) {
    await device.dispose()
    throw error
  }
}

function scoreOf({ logits, attention, cam, frames }: Tensors): Omit<ClipScore, 'probability'> {
  const [real, fake] = (logits as Tensor<'float32'>).data
  return {
    logits: [real!, fake!],
    ...(attention && { attention: ofOneClip(attention) }),
    ...(cam && { cam: ofOneClip(cam) }),
    ...(frames && { frames: ofOneClip(frames) }),
  }
}

/** Without the axis of clips. */
function ofOneClip({ shape, data }: Tensor): Tensor<'float32'> {
  return tensor('float32', shape.slice(1), data as Float32Array<ArrayBuffer>)
}
