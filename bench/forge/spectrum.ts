/** Power of each frequency of a square picture's luma, its edges faded: [size, size], 0 to just under twice the highest. */
export function powerSpectrum(colours: ArrayLike<number>, size: number): Float64Array {
  const luma = Float64Array.from({ length: size * size }, (_, i) => {
    return 0.299 * colours[3 * i]! + 0.587 * colours[3 * i + 1]! + 0.114 * colours[3 * i + 2]!
  })
  const mean = luma.reduce((sum, value) => sum + value) / luma.length
  const fade = (place: number) => Math.sin((Math.PI * (place + 0.5)) / size) ** 2
  const faded = luma.map((value, i) => (value - mean) * fade(i % size) * fade(Math.floor(i / size)))
  const rows = transformRows(faded, new Float64Array(size * size), size)
  const [real, imaginary] = transformRows(turned(rows[0], size), turned(rows[1], size), size)
  return real.map((value, i) => value ** 2 + imaginary[i]! ** 2)
}

/** Discrete Fourier transform of each row, by its definition. */
function transformRows(real: Float64Array, imaginary: Float64Array, size: number): [Float64Array, Float64Array] {
  const [resultReal, resultImaginary] = [new Float64Array(size * size), new Float64Array(size * size)]
  const cosine = Float64Array.from({ length: size }, (_, i) => Math.cos((2 * Math.PI * i) / size))
  const sine = Float64Array.from({ length: size }, (_, i) => Math.sin((2 * Math.PI * i) / size))
  for (let row = 0; row < size; row++) {
    for (let frequency = 0; frequency < size; frequency++) {
      let [sumReal, sumImaginary] = [0, 0]
      for (let i = 0; i < size; i++) {
        const [c, s] = [cosine[(frequency * i) % size]!, sine[(frequency * i) % size]!]
        sumReal += real[row * size + i]! * c + imaginary[row * size + i]! * s
        sumImaginary += imaginary[row * size + i]! * c - real[row * size + i]! * s
      }
      resultReal[row * size + frequency] = sumReal
      resultImaginary[row * size + frequency] = sumImaginary
    }
  }
  return [resultReal, resultImaginary]
}

function turned(matrix: Float64Array, size: number): Float64Array {
  return matrix.map((_, i) => matrix[(i % size) * size + Math.floor(i / size)]!)
}

/** Power in a ring of frequencies, shares of the highest along an axis. */
export function ringPower(spectrum: Float64Array, size: number, from: number, to: number): number {
  const share = (place: number) => Math.min(place, size - place) / (size / 2)
  return spectrum.reduce((sum, power, i) => {
    const radius = Math.hypot(share(i % size), share(Math.floor(i / size)))
    return radius >= from && radius < to ? sum + power : sum
  }, 0)
}

/** How far a frequency and its neighbours stand out from those up to four beside them, in decibels. */
export function peak(spectrum: Float64Array, size: number, across: number, down: number): number {
  let [inner, outer] = [0, 0]
  for (let i = -4; i <= 4; i++) {
    for (let j = -4; j <= 4; j++) {
      const power = spectrum[((down + i + size) % size) * size + ((across + j + size) % size)]!
      if (Math.max(Math.abs(i), Math.abs(j)) <= 1) inner += power / 9
      else outer += power / 72
    }
  }
  return decibels(inner / outer)
}

export function decibels(ratio: number): number {
  return 10 * Math.log10(ratio)
}
