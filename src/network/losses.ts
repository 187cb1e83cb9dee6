import { op, type Value } from '../graph/index.ts'

/**
 * Cross entropy of two classes.
 * @param logits [B, 2], real then fake
 * @param labels [B], 1 for fake, 0 for real, or between
 * @param smoothing share of the target that is spread over both classes
 * @param weights [B], of each clip in the mean
 */
export function crossEntropy(logits: Value, labels: Value, smoothing: number, weights: Value): Value {
  const batch = logits.shape[0]!
  const fake = op.add(op.mul(op.reshape(labels, [batch, 1]), 1 - smoothing), smoothing / 2)
  const targets = op.concat([op.sub(1, fake), fake], 1)
  const perClip = op.neg(op.sum(op.mul(targets, op.logSoftmax(logits, 1)), [1]))
  return op.div(op.total(op.mul(perClip, op.reshape(weights, [batch, 1]))), op.total(weights))
}

/**
 * Orthogonal diversity on vectors: mean over snippets and clips of the Frobenius norm |V V^T - I| (equation 4).
 * @param vectors one [B, N, C] a snippet, rows of length 1
 */
export function vectorDiversity(vectors: readonly Value[]): Value {
  const distances = vectors.map((v) => {
    const [batch, regions] = v.shape as [number, number]
    const products = op.matmul(v, v, { transposeRight: true })
    // the diagonal is 1: what is left after subtracting I is everything off it
    const square = op.sub(op.sum(op.square(products), [1, 2]), regions)
    return op.mul(op.total(op.sqrt(op.clip(square, 1e-12, Infinity))), 1 / batch)
  })
  return average(distances)
}

/** Temporal consistency on vectors: mean Euclidean distance of a region's vectors in neighbouring snippets. */
export function vectorConsistency(vectors: readonly Value[]): Value {
  const distances = vectors.slice(1).map((v, i) => {
    const square = op.sum(op.square(op.sub(v, vectors[i]!)), [2])
    return op.mean(op.sqrt(op.clip(square, 1e-12, Infinity)))
  })
  return distances.length > 0 ? op.reshape(average(distances), []) : op.full(vectors[0]!, [], 0)
}

/** Diversity as in the authors' code: mean cosine similarity of the attention maps of different heads. */
export function mapDiversity(maps: readonly Value[]): Value {
  return average(
    maps.map((map) => {
      const [batch, regions, height, width] = map.shape as [number, number, number, number]
      const rows = op.unit(op.reshape(map, [batch, regions, height * width]), 2)
      const similarity = op.matmul(rows, rows, { transposeRight: true })
      return op.total(op.mul(similarity, 1 / (batch * regions * regions)))
    }),
  )
}

/** Consistency as in the authors' code: L1 distance of neighbouring attention maps, over snippets and clips. */
export function mapConsistency(maps: readonly Value[]): Value {
  const [batch] = maps[0]!.shape as [number]
  const distances = maps.slice(1).map((map, i) => op.total(op.abs(op.sub(map, maps[i]!))))
  const sum = distances.reduce((left, right) => op.add(left, right), op.full(maps[0]!, [], 0))
  return op.mul(sum, 1 / (batch * maps.length))
}

/** Half the sum of squares. */
export function decay(parameters: readonly Value[]): Value {
  const squares = parameters.map((parameter) => op.total(op.square(parameter)))
  return op.mul(
    squares.reduce((left, right) => op.add(left, right)),
    0.5,
  )
}

/**
 * Loss on the forged area, mean over frames: where the area is known, the binary cross entropy of its cells; of fakes of which
 * it is not, that something of them was forged, by the soft maximum of their cells.
 * @param logits [F, cells]
 * @param target [F, cells], in [0, 1], or -1 all over a frame of which it is not known
 * @param threshold soft maximum from which on something is forged
 */
export function areaLoss(logits: Value, target: Value, threshold: number): Value {
  const known = op.clip(op.add(op.sliceAxis(target, 1, 0, 1), 1), 0, 1)
  const perCell = op.sub(softplus(logits), op.mul(logits, target))
  const somewhere = softplus(op.sub(threshold, op.softMaximum(logits, 1)))
  return op.total(op.mean(op.add(op.mul(op.mean(perCell, [1]), known), op.mul(somewhere, op.sub(1, known)))))
}

/** log(1 + e^x), written so that e^x cannot overflow. */
function softplus(x: Value): Value {
  return op.add(op.relu(x), op.log(op.add(op.exp(op.neg(op.abs(x))), 1)))
}

function average(values: readonly Value[]): Value {
  return op.mul(
    values.reduce((left, right) => op.add(left, right)),
    1 / values.length,
  )
}
