import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert/strict";
import { createCipheriv, pbkdf2Sync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { UserError } from "../../../preview/errors";
import { loadProject, locate } from "../../../preview/project";

const PROJECT = "name: try\nruntime: nodejs\n";

/** A project of these files, as long as `use` runs. */
async function inProject<T>(
    files: Record<string, string | Buffer>,
    use: (directory: string) => Promise<T>,
): Promise<T> {
    const directory = mkdtempSync(path.join(tmpdir(), "strongroom-project-"));
    try {
        for (const [name, text] of Object.entries({ "Pulumi.yaml": PROJECT, ...files })) {
            writeFileSync(path.join(directory, name), text);
        }
        return await use(directory);
    } finally {
        rmSync(directory, { recursive: true });
    }
}

function problems(files: Record<string, string | Buffer>): Promise<readonly string[]> {
    return inProject(files, async (directory) => {
        try {
            await loadProject(directory, [], undefined);
            return [];
        } catch (error) {
            ok(error instanceof UserError, String(error));
            return error.problems.map(({ place, message }) => `${place}: ${message}`);
        }
    });
}

describe("the project's files", () => {
    const stack: readonly (readonly [string, string | Buffer, string])[] = [
        ["an empty file", "", "Pulumi.dev.yaml: the file is empty"],
        ["a file of comments", "# nothing\n", "Pulumi.dev.yaml: the file is empty"],
        ["a tab as indentation", "config:\n\ttry:a: b\n", "Pulumi.dev.yaml:2: a tab indents the line"],
        [
            "a duplicate key",
            "config:\n  try:a: b\n  try:a: c\n",
            "Pulumi.dev.yaml:3: the name is there twice",
        ],
        [
            "two documents",
            "config: {}\n---\nconfig: {}\n",
            "Pulumi.dev.yaml:3: there is a second document in the file",
        ],
        ["an anchor", "config:\n  try:a: &x b\n", "Pulumi.dev.yaml:2: there is an anchor (&)"],
        ["a tag", "config:\n  try:a: !!binary aGk=\n", "Pulumi.dev.yaml:2: there is a tag (!)"],
        [
            "an unknown field",
            "confg:\n  try:a: b\n",
            "Pulumi.dev.yaml:1: there is no field 'confg' in Pulumi.dev.yaml",
        ],
        ["a NUL", "config:\n  try:a: b\u0000\n", "Pulumi.dev.yaml:2: there is a NUL character"],
        [
            "a byte order mark",
            "\ufeffconfig: {}\n",
            "Pulumi.dev.yaml:1: the file begins with a byte order mark",
        ],
        ["another encoding", Buffer.from([0x63, 0x3a, 0x20, 0xe4]), "Pulumi.dev.yaml: the file is not UTF-8"],
        [
            "an account id that loses its zero",
            "config:\n  try:a: 012345678901\n",
            "Pulumi.dev.yaml:2: the value is a number that loses its leading zero, or is read as octal",
        ],
        [
            "a number with underscores",
            "config:\n  try:a: 1_000\n",
            "Pulumi.dev.yaml:2: the value is a number with underscores to some readers of YAML",
        ],
        [
            "a long number",
            "config:\n  try:a: 12345678901234567890\n",
            "Pulumi.dev.yaml:2: the value is a number with more digits than a number keeps",
        ],
        [
            "a boolean as a value",
            "config:\n  try:a: no\n",
            "Pulumi.dev.yaml:2: the value is a boolean to some readers of YAML, and text to others",
        ],
        [
            "a boolean as a name",
            "config:\n  try:a:\n    on: 1\n",
            "Pulumi.dev.yaml:3: the name is a boolean to some readers of YAML, and text to others",
        ],
        [
            "a date",
            "config:\n  try:a: 2026-11-01\n",
            "Pulumi.dev.yaml:2: the value is a date to some readers of YAML",
        ],
        ["a list", "- a\n", "Pulumi.dev.yaml:1: the file must hold fields ('name: value')"],
        [
            "configuration that is none",
            "config: text\n",
            "Pulumi.dev.yaml:1: 'config' must hold fields ('namespace:name: value')",
        ],
        [
            "a key of three parts",
            "config:\n  a:b:c: d\n",
            "Pulumi.dev.yaml:2: 'a:b:c' is not a configuration key",
        ],
        [
            "an open bracket",
            "config:\n  try:a: [1, 2",
            "Pulumi.dev.yaml:2: the line is indented wrongly, or a bracket above is not closed",
        ],
        [
            "more than a mebibyte",
            `config:\n  try:a: ${"x".repeat(1024 * 1024)}\n`,
            "Pulumi.dev.yaml: the file is larger than 1 MiB",
        ],
    ];
    for (const [what, text, problem] of stack) {
        it(`refuse ${what}`, async () => {
            deepStrictEqual(await problems({ "Pulumi.dev.yaml": text }), [problem]);
        });
    }

    it("refuse a bomb of aliases at once", async () => {
        const lines = [
            "a: &a [x]",
            ..."bcdefghi"
                .split("")
                .map((name, at) => `${name}: &${name} [${`*${"abcdefgh".charAt(at)},`.repeat(9)}]`),
        ];
        ok(
            (await problems({ "Pulumi.dev.yaml": `config:\n${lines.map((line) => `  ${line}\n`).join("")}` }))
                .length > 0,
        );
    });

    const project: readonly (readonly [string, string, string])[] = [
        ["no name", "runtime: nodejs\n", "Pulumi.yaml: the field 'name' is required"],
        [
            "another runtime",
            "name: try\nruntime: python\n",
            "Pulumi.yaml:2: an offline preview runs programs with 'runtime: nodejs' only",
        ],
        [
            "a misspelt field",
            `${PROJECT}confg: {}\n`,
            "Pulumi.yaml:3: there is no field 'confg' in Pulumi.yaml",
        ],
        [
            "a main that is not there",
            `${PROJECT}main: nowhere/\n`,
            "Pulumi.yaml:3: 'main' names 'nowhere/', which does not exist",
        ],
        [
            "a missing value",
            `${PROJECT}config:\n  region:\n    type: string\n`,
            "Pulumi.dev.yaml: the configuration value 'region' is missing, which Pulumi.yaml declares",
        ],
        [
            "an unknown type",
            `${PROJECT}config:\n  a:\n    type: text\n    default: b\n`,
            "Pulumi.yaml:5: 'text' is not a type of configuration",
        ],
    ];
    for (const [what, text, problem] of project) {
        it(`refuse ${what} in Pulumi.yaml`, async () => {
            deepStrictEqual(await problems({ "Pulumi.yaml": text, "Pulumi.dev.yaml": "config: {}\n" }), [
                problem,
            ]);
        });
    }

    it("are told all their mistakes at once", async () => {
        const files = {
            "Pulumi.yaml": `${PROJECT}confg: {}\n`,
            "Pulumi.dev.yaml": "config:\n  try:a: no\n",
            "Pulumi.prod.yaml": "",
        };
        strictEqual((await problems(files)).length, 3);
    });

    it("say which stacks there are, when one is unknown", async () => {
        await inProject(
            { "Pulumi.dev.yaml": "config: {}\n", "Pulumi.prod.yaml": "config: {}\n" },
            (directory) =>
                rejects(
                    loadProject(directory, ["prd"], undefined),
                    /there is no Pulumi\.prd\.yaml; the stacks are 'dev', 'prod'\.\n +Did you mean 'prod'/,
                ),
        );
    });

    it("say the same of a stack that is named and not the only one to read, with all other mistakes", async () => {
        await inProject({ "Pulumi.dev.yaml": "confg: {}\n" }, (directory) =>
            rejects(loadProject(directory, [], undefined, undefined, ["dve"]), (error: Error) => {
                match(error.message, /--stack dve: there is no Pulumi\.dve\.yaml/);
                match(error.message, /Pulumi\.dev\.yaml:1: .*'confg'/);
                return true;
            }),
        );
        const named = await inProject(
            { "Pulumi.dev.yaml": "config: {}\n", "Pulumi.prod.yaml": "config: {}\n" },
            (directory) => loadProject(directory, [], undefined, undefined, ["dev"]),
        );
        deepStrictEqual(
            named.configurations.map(({ stack }) => stack),
            ["dev", "prod"],
        );
    });
});

describe("a stack's configuration", () => {
    const load = (files: Record<string, string>, passphrase?: string) =>
        inProject(
            files,
            async (directory) => (await loadProject(directory, [], passphrase)).configurations[0],
        );

    it("merges the project's values and defaults with the stack's", async () => {
        const declared =
            "config:\n  list:\n    type: array\n    default: [1, 2]\n  plain: project\n  other:key: {value: 5}\n";
        const loaded = await load({
            "Pulumi.yaml": PROJECT + declared,
            "Pulumi.dev.yaml":
                "config:\n  plain: stack\n  try:flag: true\n  try:big: {b: [x], a: null}\n  aws:region: us-east-1\n",
        });
        deepStrictEqual(loaded?.values, {
            "aws:region": "us-east-1",
            "other:key": "5",
            "try:big": '{"a":null,"b":["x"]}',
            "try:flag": "true",
            "try:list": "[1,2]",
            "try:plain": "stack",
        });
    });

    it("has an opaque secret for what it can't decrypt, the same each time", async () => {
        const files = {
            "Pulumi.dev.yaml":
                "config:\n  try:token: {secure: v1:x:y}\n  try:deep:\n    a: [{secure: v1:x:z}]\n",
        };
        const loaded = await load(files);
        deepStrictEqual(loaded?.secretKeys, ["try:deep", "try:token"]);
        deepStrictEqual(loaded.opaqueKeys, ["try:deep.a[0]", "try:token"]);
        deepStrictEqual(await load(files), loaded);
        ok(!Object.values(loaded.values).some((value) => value.includes("v1:")));
    });

    it("is decrypted with the passphrase, as Pulumi encrypts it", async () => {
        const salt = Buffer.alloc(8, 7);
        const seal = (text: string): string => {
            const cipher = createCipheriv(
                "aes-256-gcm",
                pbkdf2Sync("open", salt, 1_000_000, 32, "sha256"),
                Buffer.alloc(12, 1),
            );
            const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
            return `v1:${Buffer.alloc(12, 1).toString("base64")}:${sealed.toString("base64")}`;
        };
        const head = `encryptionsalt: v1:${salt.toString("base64")}:${seal("pulumi")}\n`;
        const files = { "Pulumi.dev.yaml": `${head}config:\n  try:token: {secure: "${seal("hidden")}"}\n` };
        const loaded = await load(files, "open");
        deepStrictEqual(loaded?.values, { "try:token": "hidden" });
        deepStrictEqual(loaded.secretTexts, ["hidden"]);
        await rejects(
            load(files, "wrong"),
            /Pulumi\.dev\.yaml:1: PULUMI_CONFIG_PASSPHRASE is not the passphrase of this stack/,
        );
    });
});

describe("locate", () => {
    it("finds where a configuration value stands", async () => {
        const text = 'config:\n  try:aws:\n    accountId: "1"\n  try:values:\n    "a/b.c":\n      - x\n';
        await inProject({ "Pulumi.dev.yaml": text }, (directory) => {
            const file = path.join(directory, "Pulumi.dev.yaml");
            const place = (line: number, column: number) => ({ file: "Pulumi.dev.yaml", line, column });
            deepStrictEqual(locate(file, "try:aws.accountId"), place(3, 5));
            deepStrictEqual(locate(file, "try:aws.region"), place(2, 3));
            deepStrictEqual(locate(file, "try:values.a/b.c[0]"), place(6, 9));
            deepStrictEqual(locate(file, ["try:values", "a/b.c"]), place(5, 5));
            strictEqual(locate(file, "try:none"), undefined);
            return Promise.resolve();
        });
    });
});
