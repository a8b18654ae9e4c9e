interface Shape {
    readonly inner?: { readonly size: number };
}

const shape: Shape = {};
export const size = (shape as { inner: { size: number } }).inner.size;
