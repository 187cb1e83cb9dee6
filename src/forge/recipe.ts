import { z } from 'zod'
import { amount, between, chance, weight } from './recipe-parts.ts'

/**
 * How the motion of a still goes: slow waves, alike for real and fake. Lengths are shares of the width of the face;
 * what is drawn for a clip lies between 0 and the number given.
 */
const motion = z.strictObject({
  /** The camera: shift, share of the face's width, 0 to 0.5. */
  shift: amount(0.03, 0.5),
  /** Turn in the plane of the picture, degrees, 0 to 30. */
  roll: amount(2, 30),
  /** Zoom, share, 0 to 0.3. */
  zoom: amount(0.02, 0.3),
  /** The head before its background: shift, share of the face's width, 0 to 0.3. */
  head: amount(0.03, 0.3),
  /** Turn of the head to the side and up and down: what is nearest moves by this share of the face's width, 0 to 0.2. */
  turn: amount(0.03, 0.2),
  /** The jaw goes down by this share of the face's width, 0 to 0.2. */
  jaw: amount(0.02, 0.2),
  /** A trembling hand: shift from frame to frame, pixels, 0 to 5. */
  tremble: amount(0.2, 5),
  /** Noise of the sensor, fresh in each frame: standard deviation in levels of 255, lowest and highest, 0 to 30. */
  noise: between(0.5, 3, 0, 30),
})

/** A small constant turn and zoom of the whole view, alike for real and fake: all pixels are resampled once. */
const settle = z.strictObject({
  /** Degrees to either side, 0 to 45. */
  roll: amount(4, 45),
  /** Share to either side, 0 to 0.3. */
  zoom: amount(0.03, 0.3),
})

/** How the copy is changed. Bounds to either side, all taken times a severity. */
const change = z.strictObject({
  /** What all bounds of `change` are taken times: lowest and highest, 0 to 3. */
  severity: between(0.25, 1, 0, 3),
  /** Added to red, green and blue, each its own: levels of 255, 0 to 128. */
  shift: amount(20, 128),
  /** Turn of the hue, radians, 0 to 3.2. */
  hue: amount(0.3, 3.2),
  /** Factor of the saturation less 1, 0 to 1. */
  saturation: amount(0.3, 1),
  /** Share of the whole range added, 0 to 1. */
  brightness: amount(0.1, 1),
  /** Factor of the contrast less 1, 0 to 1. */
  contrast: amount(0.1, 1),
  /** Chance that it is made smaller and larger again. */
  soften: chance(0.4),
  /** By which factor: lowest and highest, 1 to 8. */
  softening: between(1.2, 3, 1, 8),
  /** Chance that it is sharpened; after softening this leaves the ringing of upscaled pictures. */
  sharpen: chance(0.4),
  /** How much of the difference to a blurred copy is added: lowest and highest, 0 to 4. */
  sharpening: between(0.2, 1, 0, 4),
  /** Chance that the surroundings are the changed ones (of both real and fake), the inside of the fake being as it was. */
  surroundings: chance(0.5),
})

/** How the copy is moved against what it is put back into. */
const move = z.strictObject({
  /** Sideways, share of the face's width to either side, 0 to 0.5. */
  across: amount(0.03, 0.5),
  /** Up and down, likewise. */
  down: amount(0.015, 0.5),
  /** Factor of the size less 1, to either side, 0 to 0.5. */
  zoom: amount(0.05, 0.5),
  /** Turn, degrees to either side, 0 to 30. */
  roll: amount(1, 30),
  /** Elastic: farthest that points go by slow waves, share of the face's width, 0 to 0.1. */
  elastic: amount(0.012, 0.1),
})

/** Where the copy is put back. */
const mask = z.strictObject({
  /** Factor of the hull's size: lowest and highest, 0.2 to 3. */
  grow: between(0.9, 1.12, 0.2, 3),
  /** Elastic: how far its rim goes in and out, share of its radius, 0 to 0.5. */
  elastic: amount(0.12, 0.5),
  /** Standard deviation of the blur, share of the face's width: lowest and highest, on a logarithmic scale, 0.001 to 0.5. */
  blur: between(0.008, 0.09, 0.001, 0.5),
  /** How much of each pixel is replaced at most; one of these is drawn. Each 0 to 1. */
  strengths: z.array(z.number().min(0).max(1)).min(1).default([0.25, 0.5, 0.75, 1, 1, 1]),
})

/** How the copy and what it is put into become one. */
const blend = z.strictObject({
  /** Chance of Poisson blending: inner gradients stay, colours are those of the rim. Else by the mask alone. */
  poisson: chance(0.25),
})

/** Colours of another's face, or of a generated one, brought to those of what it is put into. */
const match = z.strictObject({
  /** How often: by mean and deviation, by histogram, not at all. */
  moments: weight(3),
  histogram: weight(2),
  none: weight(1),
  /** Chance that its sharpness is brought towards that, too. */
  sharpness: chance(0.6),
  /** How far: lowest and highest, 1 is all of the way, 0 to 2. */
  sharpnessShare: between(0.5, 1.2, 0, 2),
})

/** Another person's face, warped by landmarks. Its copy gets the transforms of `change` too. */
const swap = z.strictObject({
  /** Severity of `change` there: lowest and highest, 0 to 3. */
  severity: between(0, 0.5, 0, 3),
  /** Chance that it is first brought to the resolution of a network that swaps faces. */
  coarse: chance(0.5),
  /** That resolution: pixels of the face's width, lowest and highest, 16 to 1024. */
  resolution: between(56, 128, 16, 1024),
})

/** A face made anew by a generator. */
const resynthesis = z.strictObject({
  /** As in `swap`. */
  severity: between(0, 0.4, 0, 3),
  /** Chance that some of the true fine detail is put back. */
  detail: chance(0.5),
  /** How much of it: lowest and highest, 0 to 1. */
  detailShare: between(0.2, 0.8, 0, 1),
})

/** What is wrong from frame to frame. Each with its chance in a clip. */
const temporal = z.strictObject({
  /** Small jitter of place and size. */
  jitter: chance(0.4),
  /** Standard deviation, share of the face's width, 0 to 0.1. */
  jitterBy: amount(0.006, 0.1),
  /** Small jitter of colour. */
  flicker: chance(0.3),
  /** Standard deviation, levels of 255, 0 to 50. */
  flickerBy: amount(2, 50),
  /** Facial feature drift: each frame's copy is slightly warped, each its own way. */
  drift: chance(0.4),
  /** Farthest, share of the face's width, 0 to 0.1. */
  driftBy: amount(0.012, 0.1),
  /** The inside of some frames is that of the frame before. */
  repeat: chance(0.25),
  /** Chance of each frame in such a clip. */
  repeatShare: chance(0.3),
  /** The inside of some frames is missing: they stay as they were. */
  drop: chance(0.1),
  /** Chance of each frame in such a clip. */
  dropShare: chance(0.15),
  /** The mask slides over the face. */
  slide: chance(0.25),
  /** How far, share of the face's width, 0 to 0.5. */
  slideBy: amount(0.06, 0.5),
})

/** What both of a pair go through after the blend, with the same draws. */
const degrade = z.strictObject({
  /** Chance that the crop is brought to another size; the drawn one counts only where it makes it smaller. */
  rescale: chance(0.8),
  /** Side of what a network is shown, pixels: lowest and highest, on a logarithmic scale, 16 to 2048. */
  side: between(56, 180, 16, 2048),
  /** Chance that brightness, contrast and saturation are another. */
  colour: chance(0.3),
  /** Share of the range to either side, 0 to 1; factors less 1 to either side, 0 to 1. */
  brightness: amount(0.1, 1),
  contrast: amount(0.2, 1),
  saturation: amount(0.3, 1),
  blur: chance(0.3),
  /** Standard deviation, pixels after rescaling: lowest and highest, 0.1 to 10. */
  blurBy: between(0.3, 1.3, 0.1, 10),
  /** Chance that a blur is that of a movement. */
  motionBlur: chance(0.25),
  /** Chance that a camera or filter smooths what differs little from what is around it, as skin does; edges stay. */
  denoise: chance(0),
  /** Differences up to which it does so, levels of 255: lowest and highest, 1 to 64. */
  denoiseBy: between(4, 16, 1, 64),
  /** Chance that it is sharpened, as cameras do. */
  sharpen: chance(0),
  /** How much of the difference to a blurred copy is added: lowest and highest, 0 to 4. */
  sharpenBy: between(0.3, 1.5, 0, 4),
  noise: chance(0.3),
  /** Standard deviation, levels of 255: lowest and highest, 0 to 80. */
  noiseBy: between(1, 9, 0, 80),
  jpeg: chance(0.35),
  /** Lowest and highest, 1 to 100; small pictures are spared the lowest, or nothing would be left of the face. */
  jpegQuality: between(30, 100, 1, 100),
  h264: chance(0.6),
  /** Constant rate factor: lowest and highest, 0 to 51; small pictures are spared the highest. */
  crf: between(18, 42, 0, 51),
})

/** Which part of the crop is shown. */
const view = z.strictObject({
  /** Farthest shift, share of what is shown, 0 to 0.5. */
  shift: amount(0.05, 0.5),
  /** Factor of the size: lowest and highest, 0.3 to 3. What is shown never leaves the crop. */
  zoom: between(0.9, 1.1, 0.3, 3),
  /** Chance of left and right changed. */
  flip: chance(0.5),
})

/** Everything that can be chosen of forging. See docs/forging.md. */
export const forgeRecipe = z.strictObject({
  /** How often each kind is made, of those that are possible. */
  kinds: z.strictObject({ self: weight(3), swap: weight(1), resynthesis: weight(2) }).prefault({}),
  /** How often each area is forged. */
  areas: z
    .strictObject({
      wholeFace: weight(4),
      innerFace: weight(3),
      lowerFace: weight(1),
      mouth: weight(1),
      eyes: weight(1),
    })
    .prefault({}),
  /** Frames a second that a clip is taken to have, 1 to 120. */
  frameRate: z.number().min(1).max(120).default(25),
  /** Seconds from the beginning of a snippet to that of the next, 0 to 60. */
  snippetSeconds: amount(1, 60),
  motion: motion.prefault({}),
  settle: settle.prefault({}),
  change: change.prefault({}),
  move: move.prefault({}),
  mask: mask.prefault({}),
  blend: blend.prefault({}),
  match: match.prefault({}),
  swap: swap.prefault({}),
  resynthesis: resynthesis.prefault({}),
  temporal: temporal.prefault({}),
  degrade: degrade.prefault({}),
  view: view.prefault({}),
})

export type ForgeRecipeInput = z.input<typeof forgeRecipe>
export type ForgeRecipe = z.output<typeof forgeRecipe>
