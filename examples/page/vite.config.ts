import { defineConfig } from 'vite'

export default defineConfig({
  // Workers ask for these. Found only then, they would be bundled and the page loaded again, without the chosen file.
  optimizeDeps: { exclude: ['mediabunny', 'onnxruntime-web'] },
  // For `vite build`: the workers import modules when they need them.
  worker: { format: 'es' },
})
