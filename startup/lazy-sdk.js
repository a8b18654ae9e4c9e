"use strict";
// @pulumi/pulumi loads the TypeScript compiler and npm's Arborist when it is imported (for closures that are
// serialized into the cloud, and for packing them), its automation API, exporters of traces, and what serves a provider:
// more than half of its start-up time and memory. They are loaded at their first use instead, which here is never.
//
// Two habits of the SDK cost more than the work itself, several times for each resource. It tells the engine of every
// step in a debug message, one call after the other; messages of a program's own `pulumi.log.debug` stay. And it
// writes a stack trace out for each promise that it tracks, which only PULUMI_DEBUG_PROMISE_LEAKS ever shows.
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
            getOwnPropertyDescriptor: (_, key) => ({
                configurable: true,
                enumerable: true,
                value: get()[key],
            }),
        },
    );
}

/** Functions that load the module that has them when they are called. */
function callable(loadReal, names) {
    return Object.fromEntries(names.map((name) => [name, (...args) => loadReal()[name](...args)]));
}

const quietLogs = new WeakMap();

/** The SDK's log module without debug messages, for the SDK's own use. */
function quiet(log) {
    if (!quietLogs.has(log)) {
        quietLogs.set(
            log,
            Object.create(log, { debug: { value: () => Promise.resolve(), enumerable: true } }),
        );
    }
    return quietLogs.get(log);
}

const cheapened = new WeakSet();

/** Tracks promises without a stack trace of where they were made. */
function cheapen(debuggable) {
    if (cheapened.has(debuggable) || process.env.PULUMI_DEBUG_PROMISE_LEAKS) return debuggable;
    cheapened.add(debuggable);
    const track = debuggable.debuggablePromise;
    debuggable.debuggablePromise = function (promise, context) {
        const limit = Error.stackTraceLimit;
        Error.stackTraceLimit = 0;
        try {
            return track(promise, context);
        } finally {
            Error.stackTraceLimit = limit;
        }
    };
    return debuggable;
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
        case "@opentelemetry/exporter-zipkin":
        case "@opentelemetry/instrumentation":
        case "@opentelemetry/instrumentation-grpc":
        case "@opentelemetry/resources":
        case "@opentelemetry/sdk-trace-base":
        case "@opentelemetry/sdk-trace-node":
        case "./automation":
        case "./provider":
        case "js-yaml":
        case "semver":
            return lazy(() => load.call(this, request, parent, isMain), { __esModule: true });
        // Of serialized closures, too: what is packed with them, and how they are read.
        case "./closure/codePaths":
            return callable(() => load.call(this, request, parent, isMain), ["computeCodePaths"]);
        case "./closure/serializeClosure":
            return callable(
                () => load.call(this, request, parent, isMain),
                ["serializeFunction", "serializeFunctionAsync"],
            );
        case "../log":
        case "../../log":
            return quiet(load.call(this, request, parent, isMain));
        case "./debuggable":
            return cheapen(load.call(this, request, parent, isMain));
        case "../../runtime/closure/v8Hooks":
            // The runners attach a debugger to themselves for serialized closures; the SDK attaches it when one comes.
            return { isInitializedAsync: () => Promise.resolve() };
        case "source-map-support/register":
            return {};
        case "ts-node":
            return { register: () => undefined };
        default:
            return load.call(this, request, parent, isMain);
    }
};
