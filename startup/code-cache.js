"use strict";
// Keeps what V8 compiled between starts: a tenth of the time of a preview is spent on compiling the same SDK in each of
// its processes. Node does this itself from version 22 on (NODE_COMPILE_CACHE); for older ones this does the same, one
// file of code for each kind of process. Code is used for the very source it was made from, and V8 refuses what another
// version of it made. The cache can be deleted at any time.
const { createHash } = require("crypto");
const fs = require("fs");
const Module = require("module");
const path = require("path");
const vm = require("vm");

const DIRECTORY = path.join(__dirname, "../node_modules/.cache/strongroom-code");
/** Where a review puts a commit for a moment: its files are known by those of the project, and met only once as themselves. */
const PASSING = /[\\/]\.strongroom[\\/]worktrees[\\/][^\\/]+(?=[\\/])/;
const WRAPPER_LENGTH = Module.wrap("").indexOf("\n");

const hash = (text) => createHash("sha1").update(text).digest("base64");

function open(file) {
    try {
        const bytes = fs.readFileSync(file);
        const headerEnd = 4 + bytes.readUInt32LE(0);
        const header = JSON.parse(bytes.toString("utf8", 4, headerEnd));
        return new Map(
            header.map(([name, source, from, to]) => [
                name,
                [source, bytes.subarray(headerEnd + from, headerEnd + to)],
            ]),
        );
    } catch {
        return new Map();
    }
}

function save(file, entries) {
    const header = [];
    const blocks = [];
    let at = 0;
    for (const [name, [source, code]] of entries) {
        header.push([name, source, at, at + code.length]);
        blocks.push(code);
        at += code.length;
    }
    const head = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(head.length);
    try {
        fs.mkdirSync(DIRECTORY, { recursive: true });
        const own = `${file}.${process.pid}`;
        fs.writeFileSync(own, Buffer.concat([length, head, ...blocks]));
        fs.renameSync(own, file);
    } catch {
        // Not kept, then.
    }
}

/** As Node makes it for each module. */
function requireOf(module) {
    const require = (id) => module.require(id);
    require.resolve = (request, options) => Module._resolveFilename(request, module, false, options);
    require.resolve.paths = (request) => Module._resolveLookupPaths(request, module);
    require.main = process.mainModule;
    require.extensions = Module._extensions;
    require.cache = Module._cache;
    return require;
}

/** @param {string} kind which programs share their code, e.g. "program" */
function keepCode(kind) {
    if (Number(process.versions.node.split(".")[0]) >= 22) return;
    const file = path.join(DIRECTORY, `${kind}-${process.version}-${process.arch}.bin`);
    const kept = open(file);
    const missed = new Map();
    const compile = Module.prototype._compile;
    Module.prototype._compile = function (content, filename, format) {
        // An ES module: Node links those itself.
        if (format === "module") return compile.call(this, content, filename, format);
        const text = content.replace(/^#!.*/, "");
        const source = hash(text);
        const name = filename.replace(PASSING, "");
        const entry = kept.get(name);
        const script = new vm.Script(Module.wrap(text), {
            filename,
            columnOffset: -WRAPPER_LENGTH,
            cachedData: entry !== undefined && entry[0] === source ? entry[1] : undefined,
            importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
        });
        if (script.cachedDataRejected !== false && name === filename) missed.set(name, [source, script]);
        const run = script.runInThisContext({ displayErrors: true });
        const directory = path.dirname(filename);
        return run.call(this.exports, this.exports, requireOf(this), this, filename, directory);
    };
    process.on("exit", () => {
        if (missed.size === 0) return;
        for (const [name, [source, script]] of missed) kept.set(name, [source, script.createCachedData()]);
        save(file, kept);
    });
}

module.exports = { keepCode };
