import { table } from '../src/cli/text.ts'
import { learn, smallNetwork } from '../test/learning/learn.ts'

/** How well the relation module learns what only it can see, and how long that takes. */
export async function benchLearning(): Promise<void> {
  const rows = [['relation module', 'accuracy on unseen clips', 'steps', 'seconds']]
  for (const kind of ['tgcn', 'gru', 'gcn', 'none'] as const) {
    const { accuracy, steps, seconds } = await learn(smallNetwork(kind), 300, 640, 1)
    rows.push([kind, accuracy.toFixed(3), `${steps}`, seconds.toFixed(0)])
  }
  for (const line of table(rows, 3)) console.log(line)
}
