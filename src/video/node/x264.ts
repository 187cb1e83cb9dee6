/**
 * Settings of x264 beside preset and quality. Without macroblock trees: its AVX-512 code for them reads memory that
 * nobody has set, so that one input in ten gives now these bits, now others (x264 164 in node-av 6.1, 5 frames of 156 x 156).
 */
export const x264Settings = { 'x264-params': 'mbtree=0' } as const
