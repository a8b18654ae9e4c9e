import assert from "node:assert/strict";
import * as path from "node:path";
import { fieldsOf } from "../../../components/domain/catalogue";
import { runbooks } from "../../../rotation/runbooks";
import { pagesIn } from "../../../rotation/runbooks/write";
import { catalogue } from "../../../stacks/catalogue";
import { blocks, made, ROOT } from "./support";

describe("the runbooks", () => {
    let pages: ReadonlyMap<string, string>;
    let stacks: Awaited<ReturnType<typeof made>>["stacks"];

    before(async () => {
        ({ pages, stacks } = await made());
    });

    it("are committed as they are made; npm run runbooks writes them anew", () => {
        const committed = pagesIn(path.join(ROOT, "runbooks"));
        assert.deepEqual([...committed.keys()].sort(), [...pages.keys()].sort());
        const stale = [...pages].filter(([name, text]) => committed.get(name) !== text).map(([name]) => name);
        assert.deepEqual(stale, []);
    });

    it("have a page for each field that holds a secret, for what others keep, and for an incident", () => {
        const fields = [...fieldsOf(catalogue)].filter(({ field }) => field.kind !== "literal");
        const managed = catalogue.flatMap(({ name, managed = {} }) =>
            Object.keys(managed).map((each) => `${name}/${each}.md`),
        );
        const wanted = [
            ...fields.map(({ id }) => `${id}.md`),
            ...managed,
            "README.md",
            "control-plane/encryption-config.key.md",
            "incident.md",
        ];
        assert.deepEqual([...pages.keys()], wanted.sort());
    });

    it("do not depend on the order of catalogue and stacks", () => {
        const reversed = runbooks(catalogue, [...stacks].reverse());
        assert.deepEqual([...reversed], [...pages]);
    });

    it("hold no day and no generation, which change with every rotation", () => {
        const other = stacks.map((stack) => ({ ...stack, ledger: {} }));
        assert.deepEqual([...runbooks(catalogue, other)], [...pages]);
        const dated = [...pages].filter(([, text]) =>
            /\b20\d\d-\d\d-\d\d\b|generation \d|\bg\d+\b/.test(text),
        );
        assert.deepEqual(
            dated.map(([name]) => name),
            [],
        );
    });

    it("link to pages and headings that there are", () => {
        const anchors = (text: string): string[] =>
            [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
                heading
                    .toLowerCase()
                    .replaceAll(/[^\w\s-]/g, "")
                    .replaceAll(" ", "-"),
            );
        const broken = [...pages].flatMap(([name, text]) =>
            [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = ""]) => {
                if (target.startsWith("https://")) return [];
                const [file = "", anchor] = target.split("#");
                const to = file === "" ? name : path.posix.join(path.posix.dirname(name), file);
                const found = pages.get(to);
                const isThere =
                    found !== undefined && (anchor === undefined || anchors(found).includes(anchor));
                return isThere ? [] : [`${name}: ${target}`];
            }),
        );
        assert.deepEqual(broken, []);
    });

    it("can be followed: each page of a field ends its procedure with a check, and says whom to tell", () => {
        for (const { id, field } of fieldsOf(catalogue)) {
            const page = pages.get(`${id}.md`);
            if (page === undefined) continue;
            assert.match(page, /\n## Who to tell\n/, id);
            assert.match(page, /\n## Leaked/, id);
            if (field.kind === "composed" || (field.kind === "access-key" && field.part === "secret"))
                continue;
            const last = blocks(page.split("\n## Where it lives")[0] ?? "").at(-1) ?? "";
            assert.match(
                last,
                /^npm run rotate -- status --stack \S+\nnpm run rotate -- verify --stack \S+$/,
                id,
            );
        }
    });

    it("are found by every variable and every holder", () => {
        const index = pages.get("README.md") ?? "";
        for (const { id, field, document } of fieldsOf(catalogue)) {
            if (field.kind === "literal") continue;
            if (field.variable !== undefined)
                assert.match(index, new RegExp(`\`${field.variable}\` +\\| \\[${id}\\]`), id);
            for (const holder of document.holders)
                assert.match(index, new RegExp(`^- ${holder}: .*\\[${id}\\]`, "m"));
        }
    });
});
