#!/usr/bin/env node
// Plain JavaScript without a new word of the language, so that an old Node can still say that it is too old.
var path = require("path");

var root = path.join(__dirname, "..");
var wanted = require("../package.json").engines.node;

function parts(version) {
    return version
        .replace(/[^\d.]/g, "")
        .split(".")
        .map(Number);
}

function older(version, minimum) {
    for (var i = 0; i < 3; i++) {
        if (version[i] !== minimum[i]) return version[i] < minimum[i];
    }
    return false;
}

function refuse(message) {
    process.stderr.write(message + "\n");
    process.exit(1);
}

if (older(parts(process.versions.node), parts(wanted))) {
    refuse(
        "Strongroom needs Node.js " +
            wanted +
            ", and this is " +
            process.versions.node +
            ": install a newer one.",
    );
}
try {
    require.resolve("sucrase/register/ts");
    require.resolve("@pulumi/pulumi/package.json");
} catch (error) {
    refuse("The dependencies are not installed: run 'npm ci' in " + root + ".");
}

require("../startup/code-cache.js").keepCode("command");
require("../startup/typescript.js");
void require("./index.ts").main();
