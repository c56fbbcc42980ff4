import { defineConfig } from 'vite';

// No hashes: the names are part of what the server knows. No source maps: dist/ is committed.
const assetFileNames = ({ names }: { names: string[] }) =>
  names.includes('style.css') ? 'graphiql.css' : '[name][extname]';

export default defineConfig({
  base: '/graphiql/',
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    target: 'es2022',
    sourcemap: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 5000,
    license: { fileName: 'licences.md' },
    rolldownOptions: {
      input: { graphiql: 'index.html' },
      // Directives such as "use client" mean nothing here; say the rest.
      onwarn: (warning, say) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || say(warning),
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name].js',
        assetFileNames,
        codeSplitting: {
          groups: [
            { name: 'prettier', test: /node_modules[\\/]prettier[\\/]/ },
            { name: 'monaco', test: /node_modules[\\/]monaco-(editor|graphql)[\\/]/ },
          ],
        },
      },
    },
  },
  worker: {
    format: 'es',
    rolldownOptions: {
      output: { entryFileNames: '[name].js', chunkFileNames: 'worker-[name].js', assetFileNames },
    },
  },
});
