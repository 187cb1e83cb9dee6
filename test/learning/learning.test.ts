import { expect, test } from 'vitest'
import { learn, smallNetwork } from './learn.ts'

test('the network learns what only relations in time show', async () => {
  const whole = await learn(smallNetwork('tgcn'), 1500, 320, 2)
  const without = await learn(smallNetwork('none'), whole.steps, 320, 2)
  console.log(
    `accuracy on unseen clips after ${whole.steps} steps: ${whole.accuracy}, without relations ${without.accuracy}`,
  )
  expect(whole.accuracy).toBeGreaterThanOrEqual(0.95)
  expect(without.accuracy).toBeLessThanOrEqual(whole.accuracy)
}, 600_000)
