"use strict";
// Loaded before the command line: tells on stderr, at its end, which packages and folders it has loaded. What takes types
// away is left out: it is loaded where nothing is cached yet.
const path = require("path");

const ROOT = path.resolve(__dirname, "../..");

process.on("exit", () => {
    const names = Object.keys(require.cache)
        .filter((file) => file !== __filename)
        .map((file) => path.relative(ROOT, file))
        .map((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? file.split(path.sep)[0])
        .filter((name) => !/^(sucrase|@jridgewell\/|lines-and-columns|ts-interface-checker)/.test(name));
    process.stderr.write(JSON.stringify([...new Set(names)].sort()));
});
