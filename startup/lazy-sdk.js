"use strict";
// @pulumi/pulumi loads the TypeScript compiler and npm's Arborist when it is imported (for closures that are
// serialized into the cloud, and for packing them), half of its start-up time and memory. No program here
// serializes a closure, so both are loaded at their first use instead.
//
// The SDK's runners also install source-map-support, which rewrites a stack trace for each promise they track, and
// the runner of policy packs registers ts-node with a full type check. `./typescript.js` has taken both places.

const Module = require("module");

const SDK = /[\\/]node_modules[\\/]@pulumi[\\/]pulumi[\\/]/;
const load = Module._load;

/** @param {() => object} loadReal loads the module that the proxy stands for; called once, at the first use. */
function lazy(loadReal, known) {
    let real;
    const get = () => (real ??= loadReal());
    return new Proxy(
        {},
        {
            get: (_, key) => (key in known ? known[key] : get()[key]),
            has: (_, key) => key in known || key in get(),
            ownKeys: () => Reflect.ownKeys(get()),
            getOwnPropertyDescriptor: (_, key) => ({ configurable: true, enumerable: true, value: get()[key] }),
        },
    );
}

Module._load = function (request, parent, isMain) {
    const fromSdk = parent?.filename !== undefined && SDK.test(parent.filename);
    if (!fromSdk) return load.call(this, request, parent, isMain);
    switch (request) {
        case "typescript":
            return lazy(() => load.call(this, request, parent, isMain), {
                __esModule: true,
                version: require("typescript/package.json").version,
            });
        case "@npmcli/arborist":
            return lazy(() => load.call(this, request, parent, isMain), { __esModule: true });
        case "source-map-support/register":
            return {};
        case "ts-node":
            return { register: () => undefined };
        default:
            return load.call(this, request, parent, isMain);
    }
};
