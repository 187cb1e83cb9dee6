/**
 * Which point of the mesh is where. All are closed outlines, clockwise as shown; left and right are those of the picture.
 * Read from pictures of the mesh with its numbers; they agree with MediaPipe's documented contours.
 */

/** From the middle of the forehead. The mesh ends below the hair. */
export const faceOval = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136,
  172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
] as const

/** From the corner by the temple along the upper lid. */
export const leftEye = [33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7] as const

/** From the corner by the nose along the upper lid. */
export const rightEye = [362, 398, 384, 385, 386, 387, 388, 466, 263, 249, 390, 373, 374, 380, 381, 382] as const

/** From the end by the temple along the upper edge. */
export const leftBrow = [70, 63, 105, 66, 107, 55, 65, 52, 53, 46] as const

/** From the end by the nose along the upper edge. */
export const rightBrow = [336, 296, 334, 293, 300, 276, 283, 282, 295, 285] as const

/** From the left corner along the upper edge of the upper lip. */
export const outerLips = [
  61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146,
] as const

/** From the left corner along the lower edge of the upper lip. */
export const innerLips = [
  78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95,
] as const

/** From between the eyes, with the wings. */
export const nose = [
  168, 417, 464, 357, 343, 437, 429, 358, 294, 327, 326, 2, 97, 98, 64, 129, 209, 217, 114, 128, 244, 193,
] as const
