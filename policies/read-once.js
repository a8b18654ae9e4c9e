"use strict";
// The policy SDK asks each policy of a pack about each resource, and reads the resource anew each time: dozens of
// policies here, of which three or four are about a type. That was most of what the pack cost. Here a resource is read
// once, with the proxy around it that notices unknown values, and only those policies are asked that are about its type.
//
// Reading once is safe because no policy of this pack changes what it is given, which a test holds. By its properties,
// which are then the same object for each policy, a rule about the stack knows the stack again: `checked.ts`.

const deserialize = require("@pulumi/policy/deserialize");
const proxies = require("@pulumi/policy/proxy");
const server = require("@pulumi/policy/server");
const { AnalyzerService } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
const grpc = require("@grpc/grpc-js");

const read = new WeakMap();
const readProperties = deserialize.deserializeProperties;

deserialize.deserializeProperties = function (properties, keepUnknowns) {
    const known = read.get(properties);
    if (known !== undefined && known.keepUnknowns === keepUnknowns) return known.value;
    const value = readProperties(properties, keepUnknowns);
    read.set(properties, { keepUnknowns, value });
    return value;
};

const checked = new WeakMap();
const checkUnknowns = proxies.unknownCheckingProxy;

proxies.unknownCheckingProxy = function (properties) {
    const known = checked.get(properties);
    if (known !== undefined) return known;
    const value = checkUnknowns(properties);
    checked.set(properties, value);
    return value;
};

/** The SDK's handler of `analyze`, with the policies that are about the type of the resource. */
function byType(name, version, level, policies) {
    const handlers = new Map();
    return function (call, callback) {
        const type = call.request.getType();
        let handler = handlers.get(type);
        if (handler === undefined) {
            const asked = policies.filter(({ isAbout }) => isAbout === undefined || isAbout(type));
            handler = server.makeAnalyzeRpcFun(name, version, level, asked);
            handlers.set(type, handler);
        }
        return handler(call, callback);
    };
}

// The SDK has no way to give it a handler, but for the gRPC service that it makes of them.
const serve = server.serve;
const addService = grpc.Server.prototype.addService;

server.serve = function (name, version, level, pack, config) {
    grpc.Server.prototype.addService = function (service, methods) {
        const own = { ...methods, analyze: byType(name, version, level, pack.policies) };
        return addService.call(this, service, service === AnalyzerService ? own : methods);
    };
    try {
        serve(name, version, level, pack, config);
    } finally {
        grpc.Server.prototype.addService = addService;
    }
};
