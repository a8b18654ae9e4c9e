import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

import Ajv from "ajv/dist/2020";

import type { IsolationFinding } from "../../../preview/isolation";
import { toJson } from "../../../preview/report";
import { estuary } from "../../support/estuary";
import { rendering } from "../../support/rendering";
import { allow, grant, role, secret, secretArn } from "../access/cases";

const schema = JSON.parse(
    readFileSync(path.join(__dirname, "../../../preview/report/schema.json"), "utf8"),
) as Record<string, unknown>;
const validate = new Ajv({ allErrors: true, strict: true }).compile(schema);

/** What the schema has against a value. */
function complaints(value: unknown): readonly string[] {
    return validate(value)
        ? []
        : (validate.errors ?? []).map((each) => `${each.instancePath} ${each.message ?? ""}`);
}

const full = estuary({
    resources: [
        secret("estuary/prod/other"),
        role(),
        grant(allow(secretArn("estuary/prod/convex")), allow("*")),
    ],
    violations: [
        { pack: "p", policy: "q", level: "advisory", description: "d", message: "m", undecided: true },
        {
            ...{ pack: "p", policy: "q", level: "advisory", description: "d", message: "m" },
            exemption: { owner: "o", reason: "r", until: "2027-01-31" },
        },
    ],
    diagnostics: [{ severity: "info", message: "m" }],
    opaqueConfigKeys: ["strongroom:values"],
});

const rotating = {
    ...full,
    rotation: {
        base: "origin/main",
        steps: [{ field: "f", what: "w", why: "y", oldValue: "o" }],
        refused: [
            { place: "p", message: "m", fix: "f" },
            { place: "p", message: "m" },
        ],
    },
};

const shared: IsolationFinding = {
    kind: "equal-value",
    places: [
        { stack: "dev", what: "shop/db.password" },
        { stack: "prod", what: "shop/db.password" },
    ],
    message: "two fields have the same value",
    fix: "Give each a value of its own",
};

describe("the report as JSON", () => {
    it("fits its schema: a full stack, an empty one, a failed one, none", () => {
        for (const renderings of [[full], [rotating], [rendering()], [rendering({ complete: false })], []]) {
            assert.deepEqual(complaints(toJson(renderings)), []);
        }
    });

    it("fits its schema with what stands between environments, which makes it violated", () => {
        const output = toJson([full], [shared]);
        assert.deepEqual(complaints(output), []);
        assert.equal((output as { verdict: string }).verdict, "violated");
        assert.deepEqual((output as { isolation: unknown }).isolation, [shared]);
    });

    it("has keys in order, the same for the same rendering", () => {
        const text = JSON.stringify(toJson([full]));
        assert.equal(JSON.stringify(toJson([full])), text);
        const walk = (value: unknown): void => {
            if (typeof value !== "object" || value === null) return;
            if (!Array.isArray(value)) assert.deepEqual(Object.keys(value), Object.keys(value).sort());
            Object.values(value).forEach(walk);
        };
        walk(JSON.parse(text));
    });

    it("says what is secret and what is unknown in words", () => {
        const { stacks } = JSON.parse(JSON.stringify(toJson([full]))) as {
            stacks: { resources: { type: string; inputs: Record<string, unknown> }[] }[];
        };
        const version = stacks[0]?.resources.find(({ type }) => type.endsWith("SecretVersion"));
        assert.deepEqual(version?.inputs, {
            nested: [{ deep: "[secret]" }],
            secretId: "[unknown]",
            secretString: "[secret]",
        });
    });
});

describe("the schema of the JSON", () => {
    it("refuses a property that it does not know, at every level that is ours", () => {
        const additions: readonly ((output: Record<string, unknown>) => unknown)[] = [
            (output) => output,
            (output) => (output.stacks as unknown[])[0],
            (output) => ((output.stacks as { platforms: unknown[] }[])[0]?.platforms ?? [])[0],
            (output) => (output.stacks as { access: unknown }[])[0]?.access,
            (output) => ((output.stacks as { resources: unknown[] }[])[0]?.resources ?? [])[0],
            (output) => ((output.stacks as { violations: unknown[] }[])[0]?.violations ?? [])[0],
        ];
        for (const place of additions) {
            const output = structuredClone(toJson([full])) as Record<string, unknown>;
            (place(output) as Record<string, unknown>).surplus = 1;
            assert.deepEqual(
                complaints(output).map((each) => each.replace(/^\S* ?/u, "")),
                ["must NOT have additional properties"],
            );
        }
    });

    it("describes every property and closes every object of a known shape", () => {
        const open: string[] = [];
        const silent: string[] = [];
        const walk = (node: unknown, at: string): void => {
            if (typeof node !== "object" || node === null) return;
            const { properties, additionalProperties, ...rest } = node as Record<string, unknown>;
            if (typeof properties === "object" && properties !== null && !at.endsWith("$defs")) {
                if (additionalProperties !== false) open.push(at);
                for (const [name, property] of Object.entries(properties as Record<string, object>)) {
                    const told =
                        "description" in property ||
                        "$ref" in property ||
                        "enum" in property ||
                        "const" in property;
                    if (!told) silent.push(`${at}/${name}`);
                    walk(property, `${at}/${name}`);
                }
            }
            for (const [key, value] of Object.entries(rest)) walk(value, `${at}/${key}`);
        };
        walk(schema, "");
        assert.deepEqual({ open, silent }, { open: [], silent: [] });
    });
});
