"use strict";
// Loaded first into every process that an offline preview starts. It proves the word "offline": a connection to
// anything but this machine's loopback fails, whatever the program or one of its dependencies tries.
const net = require("net");

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+|localhost)$/;
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function (...args) {
    // Node normalizes arguments to an array of [options, callback] before it hands them on.
    const normalized = Array.isArray(args[0]) ? args[0] : net._normalizeArgs(args);
    const { host, path } = normalized[0];
    if (path === undefined && host !== undefined && !LOOPBACK.test(host)) {
        const error = new Error(
            `an offline preview connects to nothing but itself: a connection to '${host}' was refused`,
        );
        error.code = "EOFFLINE";
        throw error;
    }
    return connect.apply(this, args);
};

// The preview holds the other end of this pipe, and sends nothing. When it is gone, however that came, so are we.
try {
    const lifeline = new net.Socket({ fd: 3, readable: true, writable: false });
    lifeline.on("end", () => process.exit(1));
    lifeline.on("error", () => undefined);
    lifeline.resume();
    lifeline.unref();
} catch {
    // Started by hand, without the pipe.
}

require("./code-cache.js").keepCode(process.argv[1]?.includes("run-policy-pack") ? "policy-pack" : "program");
