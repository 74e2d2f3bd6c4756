/** What of WebAssembly is used here; TypeScript has its types among those of browsers alone. https://webassembly.github.io/spec/js-api/ */
declare namespace WebAssembly {
  /** Compiled code, which holds nothing that is told of it. */
  type Module = object;
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  const Module: new (bytes: Uint8Array) => Module;
  const Instance: new (module: Module) => { readonly exports: object };
}
