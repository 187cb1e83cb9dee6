import { exportModel } from '../../src/network/export.ts'
import { decodeModel, encodeModel } from '../../src/network/model-file.ts'
import { clipShape } from '../../src/network/network.ts'
import { preset } from '../../src/network/presets.ts'
import { initialWeights } from '../../src/network/weights.ts'
import { openDevice } from '../../src/runtime/index.ts'
import { Random } from '../../src/tensor/random.ts'

/** The 28 million parameters of `mrl-mc3`: writing as ONNX, opening and one clip, each in milliseconds. */
export async function loadAndRun(threads: number): Promise<void> {
  const config = preset('mrl-mc3')
  const model = await decodeModel(encodeModel({ config, weights: initialWeights(config, 1), metadata: {} }))
  const clip = new Random(1).normalTensor(clipShape(config, 1))
  await using device = await openDevice({ device: 'cpu', threads })
  const times: number[][] = []
  for (let round = 0; round < 5; round++) {
    const start = performance.now()
    const bytes = exportModel(model, { batch: 1, gradCam: false })
    const exported = performance.now()
    await using program = await device.compile(bytes, { transferModel: true })
    const compiled = performance.now()
    await program.run({ clip })
    const end = performance.now()
    times.push([exported - start, compiled - exported, end - compiled, end - start])
  }
  const [write, open, run, all] = times.toSorted((a, b) => a[3]! - b[3]!)[0]!.map((time) => time.toFixed(0))
  console.log(
    `mrl-mc3 (28 M parameters): written ${write} ms, opened ${open} ms, first clip ${run} ms, in all ${all} ms`,
  )
}
