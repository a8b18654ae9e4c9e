import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");

/** Which folder may import which; each may import itself. Components are held apart more finely below. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
    components: [],
    stacks: ["components"],
    policies: ["components/domain"],
    rotation: ["stacks", "components/domain"],
    preview: ["rotation", "stacks", "components/domain"],
    review: ["preview", "rotation", "stacks", "components/domain"],
    local: ["preview/errors", "preview/project", "stacks", "components/domain"],
    doctor: ["preview", "rotation", "stacks", "components/domain"],
    cli: ["review", "local", "doctor", "preview", "policies", "rotation", "stacks", "components/domain"],
    bench: ["cli", "review", "preview", "rotation", "stacks", "components"],
    test: [
        ...["bench", "cli", "review", "local", "doctor", "preview", "rotation", "policies", "stacks"],
        "components",
    ],
};
/** Rooms of `components`: a store knows no other room but the domain, the domain knows none. */
const MAY_IMPORT_COMPONENT: Readonly<Record<string, readonly string[]>> = {
    domain: [],
    stores: ["domain"],
    secrets: ["domain", "stores"],
    encryption: ["domain", "stores", "secrets"],
    audit: ["domain", "stores"],
    access: ["domain"],
    delivery: ["domain", "stores", "secrets", "access"],
};
const MAX_LINES = 300;

interface Import {
    readonly file: string;
    readonly target: string;
}

function sourceFiles(directory: string): string[] {
    return fs.readdirSync(path.join(ROOT, directory), { withFileTypes: true }).flatMap((entry) => {
        const file = path.join(directory, entry.name);
        if (entry.isDirectory()) return entry.name === "node_modules" ? [] : sourceFiles(file);
        return /\.(ts|js)$/.test(entry.name) ? [file] : [];
    });
}

const FOLDERS = Object.keys(MAY_IMPORT).filter((folder) => fs.existsSync(path.join(ROOT, folder)));
const FILES = FOLDERS.flatMap(sourceFiles);

function importsOf(file: string): Import[] {
    const text = fs.readFileSync(path.join(ROOT, file), "utf8");
    return [...text.matchAll(/(?:from|import|require)\s*\(?\s*["'](\.[^"']*)["']/g)].map((match) => ({
        file,
        target: path.normalize(path.join(path.dirname(file), match[1] ?? "")),
    }));
}

const isWithin = (target: string, folder: string): boolean =>
    target === folder || target.startsWith(`${folder}/`);

describe("the tree", () => {
    const imports = FILES.flatMap(importsOf);

    it("is looked at as a whole", () => {
        assert.ok(imports.length > 100, `only ${String(imports.length)} imports were found`);
    });

    for (const folder of FOLDERS) {
        it(`lets '${folder}' import only what stands below it`, () => {
            const allowed = [folder, "startup", "package.json", ...(MAY_IMPORT[folder] ?? [])];
            const wrong = imports.filter(
                ({ file, target }) =>
                    isWithin(file, folder) && !allowed.some((each) => isWithin(target, each)),
            );
            assert.deepEqual(wrong, []);
        });
    }

    for (const [room, others] of Object.entries(MAY_IMPORT_COMPONENT)) {
        it(`lets components/${room} import only what stands below it`, () => {
            const allowed = [room, ...others].map((each) => `components/${each}`);
            const wrong = imports.filter(
                ({ file, target }) =>
                    isWithin(file, `components/${room}`) && !allowed.some((each) => isWithin(target, each)),
            );
            assert.deepEqual(wrong, []);
        });
    }

    it("has no store that imports another", () => {
        const stores = /^components\/stores\/(?!store$)/;
        const wrong = imports.filter(({ file, target }) => stores.test(file) && stores.test(target));
        assert.deepEqual(wrong, []);
    });

    it("keeps the domain free of providers", () => {
        const wrong = sourceFiles("components/domain").filter((file) =>
            /from ["']@pulumi\//.test(fs.readFileSync(path.join(ROOT, file), "utf8")),
        );
        assert.deepEqual(wrong, []);
    });

    it(`has no file above ${String(MAX_LINES)} lines`, () => {
        const long = FILES.map((file) => ({
            file,
            lines: fs.readFileSync(path.join(ROOT, file), "utf8").split("\n").length - 1,
        })).filter(({ lines }) => lines > MAX_LINES);
        assert.deepEqual(long, []);
    });

    it("has no test that asserts inside an apply, and none that waits for a clock", () => {
        const suspicious = FILES.filter(
            (file) => file.endsWith(".test.ts") && file !== "test/conventions/tree.test.ts",
        )
            .map((file) => ({ file, text: fs.readFileSync(path.join(ROOT, file), "utf8") }))
            .filter(({ text }) => /\.apply\([^)]*=>[^;]*assert|setTimeout\(|\bdone\)\s*=>/.test(text))
            .map(({ file }) => file);
        assert.deepEqual(suspicious, []);
    });

    it("has no branch on the name of a stack or an environment", () => {
        const wrong = FILES.filter((file) => /^(components|stacks|policies|preview|cli)\//.test(file)).filter(
            (file) =>
                /(?:stack|environment|env)\s*[!=]==?\s*["'](?:dev|prod|staging)/i.test(
                    fs.readFileSync(path.join(ROOT, file), "utf8"),
                ),
        );
        assert.deepEqual(wrong, []);
    });

    it("adds to a group in place, where a copy for each value costs the square of them", () => {
        const product = FILES.filter((file) => !/^(bench|test)\//.test(file));
        const wrong = product.filter((file) =>
            /\.set\(\s*([\w.]+),\s*\[\.\.\.\(\S+\.get\(\1\)/.test(
                fs.readFileSync(path.join(ROOT, file), "utf8"),
            ),
        );
        assert.deepEqual(wrong, []);
    });
});
