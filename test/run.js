"use strict";
// `npm test`: every test in one process, and a closing line that people and scripts can read. Arguments are files.

require("ts-node/register");
const fs = require("node:fs");
const path = require("node:path");
const { default: Mocha } = require("mocha");

const config = JSON.parse(fs.readFileSync(path.join(__dirname, "../.mocharc.json"), "utf8"));
const files = process.argv.slice(2);

function* testFiles(directory) {
    for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
        const file = path.join(directory, entry.name);
        if (entry.isDirectory()) yield* testFiles(file);
        else if (entry.name.endsWith(".test.ts")) yield file;
    }
}

const mocha = new Mocha({ ...config, reporter: "dot" });
for (const file of files.length > 0 ? files : [...testFiles(__dirname)].sort())
    mocha.addFile(path.resolve(file));

/** Skipped tests by the reason that they gave. */
const skipped = new Map();
const runner = mocha.run(() => {
    for (const [reason, titles] of skipped) console.log(`skipped ${titles.length}: ${reason}`);
    const count = [...skipped.values()].flat().length;
    const { passes, failures } = runner.stats;
    console.log(`${passes} passed, ${failures} failed${count > 0 ? `, ${count} skipped` : ""}`);
    // A child that a failed test left behind must not keep the run open.
    process.exit(failures > 0 ? 1 : 0);
});
runner.on("pending", (test) => {
    const reason = test.skipReason ?? `${test.fullTitle()}, without a reason`;
    skipped.set(reason, [...(skipped.get(reason) ?? []), test.fullTitle()]);
});
