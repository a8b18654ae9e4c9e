import assert from "node:assert/strict";
import fc from "fast-check";

import { findSecrets } from "../../../cli/secrets/find";
import { PLANTED } from "./planted";

/** What the scanner knows. That a secret without a shape of its own, e.g. a password alone, is found is not proved: it is not. */
describe("finding secrets in a text", () => {
    for (const [whose, { line, value }] of Object.entries(PLANTED))
        it(`finds ${whose}, and says nothing of it`, async () => {
            const found = await findSecrets("src/settings.txt", `first\n\n${line}\nlast\n`);
            assert.ok(found.length > 0);
            for (const each of found) assert.ok(each.line >= 3, JSON.stringify(each));
            assert.ok(!JSON.stringify(found).includes(value.slice(0, 12)));
        });

    it("finds it anywhere, in a file of any name", async () => {
        const words = fc.array(fc.stringMatching(/^[a-z ]{0,30}$/), { maxLength: 30 });
        await fc.assert(
            fc.asyncProperty(
                fc.constantFrom(...Object.values(PLANTED)),
                words,
                words,
                fc.constantFrom("a.ts", "README.md", ".env", "values.yaml", "no-extension", "a.json"),
                async ({ line }, before, after, name) => {
                    const text = [...before, line, ...after].join("\n");
                    const found = await findSecrets(name, text);
                    const first = before.length + 1;
                    const last = first + line.split("\n").length - 1;
                    assert.ok(found.some((each) => each.line >= first && each.line <= last));
                },
            ),
            { numRuns: 60 },
        );
    });

    it("can't be switched off by a comment in the file", async () => {
        const [{ line } = { line: "" }] = Object.values(PLANTED);
        for (const comment of ["secretlint-disable", "secretlint-disable-next-line", "gitleaks:allow"])
            assert.ok(
                (await findSecrets("a.ts", `// ${comment}\n${line} // ${comment}\n`)).length > 0,
                comment,
            );
    });

    for (const [title, text] of [
        ["nothing", ""],
        ["what stands for a secret", "token: ${{ secrets.GITHUB_TOKEN }}\npassword: <your password>\n"],
        ["the shape in words", "An age key begins with AGE-SECRET-KEY-1, a token of Vault with hvs.\n"],
        [
            "a digest and a commit",
            `sha256:${"0a".repeat(32)}\nactions/checkout@${"3d".repeat(20)} # v7.0.1\n`,
        ],
        ["a public key", "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYI\n-----END PUBLIC KEY-----\n"],
    ] as const)
        it(`leaves alone ${title}`, async () => {
            assert.deepEqual(await findSecrets("a.md", text), []);
        });
});
