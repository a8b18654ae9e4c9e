import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { policies, rules } from "../../policies/pack";
import { tables } from "./cases";
import { settingProblems } from "../../preview/engine/policy-settings";
import type { PropertyMap } from "../../preview/engine/values";
import { FACTS } from "./support/case";

const PACK = join(__dirname, "../../policies");
const PROMISES = ["access", "audit", "delivery", "encryption", "isolation", "rotation"];

const configOf = (file: string): Record<string, unknown> =>
    JSON.parse(readFileSync(join(PACK, file), "utf8")) as Record<string, unknown>;

const files = PROMISES.flatMap((folder) =>
    readdirSync(join(PACK, folder))
        .filter((file) => file !== "index.ts")
        .map((file) => join(folder, file)),
);

/** The catalogue's checks, by promise's first letters. */
const IDS = Object.entries({
    ISO: "01 02 03 05 06 07 08 09 10 11",
    SM: "01 02 03 04 05 07",
    KMS: "01 02 03",
    IAM: "01 02 03 05 06 07 08",
    GCP: "01 02 04 06 07",
    VLT: "01 02 03 04 05",
    ESO: "01 02 03 04 05",
    K8S: "01 02 03 04 05 06 07 08 09 10",
    ENC: "01 02 03 04 05",
    AUD: "01 02 03 04",
    GEN: "01 03 04",
}).flatMap(([kind, numbers]) => numbers.split(" ").map((number) => `${kind}-${number}`));

describe("the pack", () => {
    it("has one policy a file, named like it, and lists all of them", () => {
        const listed = rules.map(({ name }) => `${name}.ts`).sort();
        assert.deepEqual(files.map((file) => file.replace(/^.*[\\/]/, "")).sort(), listed);
        for (const file of files) {
            const exported = readFileSync(join(PACK, file), "utf8").match(/^export const \w+/gm);
            assert.deepEqual(exported, ["export const rule"], file);
        }
    });

    it("has the policies of its catalogue", () => {
        const ids = rules.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
        assert.deepEqual(
            ids.filter((id) => !IDS.includes(id)),
            [],
        );
    });

    it("imports nothing of this project but the domain and itself", () => {
        const sources = readdirSync(PACK, { recursive: true, encoding: "utf8" }).filter((f) =>
            f.endsWith(".ts"),
        );
        for (const file of sources) {
            const text = readFileSync(join(PACK, file), "utf8");
            for (const [, from = ""] of text.matchAll(/from "(\.[^"]*)"/g)) {
                const target = join(PACK, file, "..", from);
                const allowed = [PACK, join(PACK, "../components/domain")];
                assert.ok(
                    allowed.some((folder) => target.startsWith(folder)),
                    `${file} imports ${from}`,
                );
            }
        }
    });

    it("has cases for each policy: violating, clean, a near miss, and a clean one made violating by one change", () => {
        for (const { name } of rules) {
            const table = tables.find(({ policy }) => policy === name);
            assert.ok(table, name);
            const titles = new Set(table.cases.map(({ title }) => title));
            assert.equal(titles.size, table.cases.length, `${name}: titles differ`);
            const oneChange = table.cases.some(
                (one) =>
                    "change" in one && Object.keys(one.change).length === 1 && typeof one.expect !== "string",
            );
            assert.ok(oneChange, `${name}: one change makes it violate`);
            assert.ok(
                table.cases.some(({ title }) => title.startsWith("near miss")),
                `${name}: a near miss`,
            );
            assert.ok(
                table.cases.some(({ expect }) => expect === "can't run" || expect === "not applicable"),
                name,
            );
        }
    });

    it("lets an environment set levels for policies that exist", () => {
        const levels = (file: string): Record<string, unknown> => {
            const given = Object.entries(configOf(file));
            return Object.fromEntries(given.filter(([, value]) => typeof value === "string"));
        };
        assert.deepEqual(levels("config.dev.json"), { all: "advisory" });
        assert.deepEqual(levels("config.prod.json"), {
            all: "mandatory",
            "enc-02-etcd-provider-is-strong": "advisory",
            "k8s-08-secrets-are-mounted-as-files": "advisory",
        });
    });

    it("lets an environment set settings that the rules have, and never the level along with them", () => {
        for (const file of ["config.dev.json", "config.prod.json"]) {
            for (const [name, value] of Object.entries(configOf(file))) {
                if (typeof value !== "object" || value === null) continue;
                const rule = rules.find((one) => one.name === name);
                const known = Object.keys(rule?.settings ?? {});
                for (const key of Object.keys(value))
                    assert.ok(known.includes(key), `${file}: ${name}.${key}`);
            }
        }
    });

    it("has no tsconfig.json, which would have the runner load the compiler at each start", () => {
        assert.ok(!existsSync(join(PACK, "tsconfig.json")));
    });
});

for (const rule of rules) {
    describe(`policy ${rule.id}`, () => {
        it("begins its name with its id and is named in kebab case", () => {
            assert.match(rule.name, /^[a-z0-9]+(?:-[a-z0-9]+)+$/);
            assert.ok(rule.name.startsWith(`${rule.id.toLowerCase()}-`));
        });

        it("says in sentences what it wants and what to do", () => {
            for (const text of [rule.description, rule.remediationSteps])
                assert.match(text, /^[A-Z].{20,120}\.$/);
        });

        it("names its source and a severity", () => {
            assert.match(rule.url, /^https:\/\/\S+$/);
            assert.ok(["low", "medium", "high", "critical"].includes(rule.severity));
        });

        it("describes its settings, each with a default", () => {
            for (const [key, schema] of Object.entries(rule.settings ?? {})) {
                assert.notEqual(schema.default, undefined, key);
                assert.match(schema.description ?? "", /\.$/, key);
                const properties = { [key]: schema } as unknown as PropertyMap;
                assert.deepEqual(
                    settingProblems(rule.id, { [key]: schema.default as never }, properties),
                    [],
                );
            }
        });
    });
}

/** What they refuse opens an environment to another one, or shows a value: an end date takes neither back. */
const NOT_EXEMPTIBLE = [
    ...["ISO-02", "ISO-03", "ISO-05", "ISO-06", "ISO-07", "ISO-09", "ISO-10", "ISO-11"],
    ...["SM-04", "SM-05", "GCP-02", "VLT-05", "K8S-07", "ENC-01", "AUD-03", "GEN-01"],
];

describe("policies", () => {
    it("allow no exemption where one could not be taken back", () => {
        assert.deepEqual(
            rules
                .filter(({ exemptible }) => exemptible === false)
                .map(({ id }) => id)
                .sort(),
            rules
                .map(({ id }) => id)
                .filter((id) => NOT_EXEMPTIBLE.includes(id))
                .sort(),
        );
    });

    it("carry the rules' metadata to the engine", () => {
        const served = policies(FACTS);
        assert.deepEqual(
            served.slice(0, -1).map(({ name, severity, url }) => ({ name, severity, url })),
            rules.map(({ name, severity, url }) => ({ name, severity, url })),
        );
        assert.equal(served.at(-1)?.name, "exm-01-exemptions-hold");
        const levels = served.filter(({ enforcementLevel }) => enforcementLevel !== undefined);
        assert.deepEqual(
            levels.map(({ name, enforcementLevel }) => [name, enforcementLevel]),
            [
                ["enc-02-etcd-provider-is-strong", "advisory"],
                ["k8s-08-secrets-are-mounted-as-files", "advisory"],
            ],
        );
    });
});

describe("reading a resource once for all policies", () => {
    it("is safe, since no rule of the pack assigns to what it is given", () => {
        const sources = readdirSync(PACK, { recursive: true, encoding: "utf8" })
            .filter((file) => file.endsWith(".ts"))
            .map((file) => ({ file, text: readFileSync(join(PACK, file), "utf8") }));
        assert.ok(sources.length > 19);
        const writes = /\bprops(?:\.\w+|\[[^\]]+\])+\s*(?:[-+*/]?=(?![=>])|\+\+)|\bdelete\s+\w*props/;
        assert.deepEqual(
            sources.filter(({ text }) => writes.test(text)).map(({ file }) => file),
            [],
        );
    });
});
