"use strict";
// Takes the types out of `.ts` files with Sucrase, where loading the TypeScript compiler costs 150 ms in each of the
// five processes of a preview. Line numbers stay as written, so stack traces need no source maps. Types are checked by
// `tsc --noEmit` among the tests.
//
// What came out is kept in node_modules/.cache by what went in, so that the next start loads neither Sucrase nor waits
// for it. The cache can be deleted at any time, and a file system that can't be written to only costs the time.
const { createHash } = require("crypto");
const fs = require("fs");
const path = require("path");

const CACHE = path.join(__dirname, "../node_modules/.cache/strongroom-typescript");
const SUCRASE = require("sucrase/package.json").version;
const OPTIONS = { transforms: ["imports", "typescript"], preserveDynamicImport: false };

function transpiled(source, filename) {
    const key = createHash("sha1").update(SUCRASE).update("\0").update(source).digest("hex");
    const cached = path.join(CACHE, `${key}.js`);
    try {
        return fs.readFileSync(cached, "utf8");
    } catch {
        const { code } = require("sucrase").transform(source, { ...OPTIONS, filePath: filename });
        try {
            fs.mkdirSync(CACHE, { recursive: true });
            // Processes start side by side: each writes a file of its own and moves it into place whole.
            const own = `${cached}.${process.pid}`;
            fs.writeFileSync(own, code);
            fs.renameSync(own, cached);
        } catch {
            // Not kept, then.
        }
        return code;
    }
}

require.extensions[".ts"] = function (module, filename) {
    module._compile(transpiled(fs.readFileSync(filename, "utf8"), filename), filename);
};
