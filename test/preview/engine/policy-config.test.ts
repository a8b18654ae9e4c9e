import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { renderStacks } from "../../../preview";
import { policyConfig } from "../../../preview/engine/policy-config";
import { AnalyzerInfo, PolicyConfigSchema, PolicyInfo } from "../../../preview/engine/wire/analyzer-messages";

const [ADVISORY, MANDATORY, DISABLED] = [0, 1, 2];

/** A pack of two policies, as it tells of itself. */
const INFO = AnalyzerInfo.of({
    name: "pack",
    policies: [
        PolicyInfo.of({
            name: "iam-02-values-are-read-by-name",
            enforcementlevel: MANDATORY,
            configschema: PolicyConfigSchema.of({
                properties: {
                    minimumLengthChars: { type: "integer", minimum: 8, maximum: 64, default: 16 },
                    hosts: {
                        type: "array",
                        items: { type: "string", pattern: "^https:" },
                        maxItems: 2,
                        default: [],
                        description: "Further hosts.",
                    },
                    mode: { type: "string", enum: ["strict", "loose"], default: "strict" },
                    odd: { type: "string", format: "uri", default: "" },
                },
            }),
        }),
        PolicyInfo.of({ name: "k8s-03-roles-have-no-wildcards", enforcementlevel: ADVISORY }),
    ],
});
const IAM = "iam-02-values-are-read-by-name";
const K8S = "k8s-03-roles-have-no-wildcards";

const configure = (policies: Readonly<Record<string, unknown>>): ReturnType<typeof policyConfig> =>
    policyConfig(INFO, { file: "config.prod.json", policies });

describe("the configuration of policies", () => {
    it("is what the pack says where the file says nothing", () => {
        const { configuration, problems } = configure({});
        assert.deepEqual(problems, []);
        assert.equal(configuration[K8S]?.enforcementlevel, ADVISORY);
        assert.equal(configuration[IAM]?.enforcementlevel, MANDATORY);
        assert.equal(configuration[IAM].properties?.["minimumLengthChars"], 16);
    });

    it("takes a level for all, and a level and settings of one over it", () => {
        const { configuration, problems } = configure({
            all: "advisory",
            [IAM]: { enforcementLevel: "disabled", minimumLengthChars: 32, hosts: ["https://a"] },
        });
        assert.deepEqual(problems, []);
        assert.equal(configuration[K8S]?.enforcementlevel, ADVISORY);
        assert.equal(configuration[IAM]?.enforcementlevel, DISABLED);
        const { minimumLengthChars, hosts, mode } = configuration[IAM].properties ?? {};
        assert.deepEqual(
            { minimumLengthChars, hosts, mode },
            {
                minimumLengthChars: 32,
                hosts: ["https://a"],
                mode: "strict",
            },
        );
    });

    const rows: [string, Readonly<Record<string, unknown>>, RegExp][] = [
        [
            "a typo in a policy's name",
            { "k8s-03-roles-have-no-wildcrads": "advisory" },
            /^config\.prod\.json: there is no policy .* Did you mean 'k8s-03-roles-have-no-wildcards'\?/,
        ],
        [
            "an id instead of a name",
            { "IAM-02": "advisory" },
            /no policy 'IAM-02'.*The engine knows it by its name: 'iam-02-values-are-read-by-name'/,
        ],
        [
            "a policy of another pack",
            { "prohibited-public-internet": "advisory" },
            /no policy .* Choose one of/,
        ],
        ["a name that objects have", { constructor: "advisory" }, /there is no policy 'constructor'/],
        [
            "a typo in a level",
            { [K8S]: "mandatry" },
            /^config\.prod\.json \(k8s-03-\S+\): 'mandatry' is no enforcement level\. Did you mean 'mandatory'\?/,
        ],
        ["a level that is a number", { [K8S]: 2 }, /must be an enforcement level, or an object/],
        ["a level of nothing", { all: null }, /\(all\): must be an enforcement level/],
        ["a list", { [K8S]: ["advisory"] }, /must be an enforcement level, or an object/],
        [
            "a typo in a level among settings",
            { [IAM]: { enforcementLevel: "Mandatory" } },
            /'Mandatory' is no enforcement level\. Did you mean 'mandatory'\?/,
        ],
        [
            "a level among settings that is no text",
            { [IAM]: { enforcementLevel: true } },
            /an enforcement level is a text/,
        ],
        [
            "settings for all",
            { all: { enforcementLevel: "mandatory", mode: "loose" } },
            /settings belong to one policy/,
        ],
        [
            "an unknown setting",
            { [IAM]: { minimumLengthChar: 20 } },
            /\(iam-02-\S+\)\.minimumLengthChar: the policy has no such setting\. Did you mean 'minimumLengthChars'\?/,
        ],
        [
            "a setting of a policy that has none",
            { [K8S]: { mode: "loose" } },
            /no such setting\. There is none to choose from/,
        ],
        ["a setting that objects have", { [IAM]: { toString: 1 } }, /no such setting/],
        ["a text for a number", { [IAM]: { minimumLengthChars: "16" } }, /must be a whole number/],
        ["a fraction", { [IAM]: { minimumLengthChars: 16.5 } }, /must be a whole number/],
        ["too small a number", { [IAM]: { minimumLengthChars: 7 } }, /must be at least 8/],
        ["too large a number", { [IAM]: { minimumLengthChars: 65 } }, /must be at most 64/],
        ["a text for a list", { [IAM]: { hosts: "https://a" } }, /must be a list\. Further hosts/],
        [
            "a wrong item of a list",
            { [IAM]: { hosts: ["https://a", 1] } },
            /each item must be a text, which number 2 is not/,
        ],
        [
            "an item that does not match",
            { [IAM]: { hosts: ["http://a"] } },
            /each item must match \^https:, which number 1 is not/,
        ],
        [
            "too long a list",
            { [IAM]: { hosts: ["https://a", "https://b", "https://c"] } },
            /must be at most 2 items long/,
        ],
        ["a choice that is none", { [IAM]: { mode: "lose" } }, /must be one of "strict", "loose"/],
        ["a schema that says more than is understood", { [IAM]: { odd: "x" } }, /its schema says 'format'/],
    ];
    for (const [title, policies, says] of rows) {
        it(`is refused with ${title}`, () => {
            const { problems } = configure(policies);
            const told = problems.map(({ place, message, fix }) => `${place}: ${message}. ${fix ?? ""}`);
            assert.equal(told.length, 1, told.join("\n"));
            assert.match(told[0] ?? "", says);
        });
    }

    it("tells all mistakes at once", () => {
        const { problems } = configure({ all: "loud", "IAM-02": "advisory", [IAM]: { mode: 1, hosts: 1 } });
        assert.equal(problems.length, 4);
    });

    for (const [title, text, says] of [
        ["that is not JSON", "all: mandatory", /config\.dev\.json: the file is not JSON\./],
        ["that is a list", "[]", /config\.dev\.json: the file must hold an object\.\n.*"all": "mandatory"/],
        ["that is nothing", "null", /the file must hold an object/],
    ] as const) {
        it(`is refused as a file ${title}`, async () => {
            const pack = mkdtempSync(join(tmpdir(), "strongroom-pack-"));
            try {
                writeFileSync(join(pack, "PulumiPolicy.yaml"), "runtime: nodejs\n");
                writeFileSync(join(pack, "config.dev.json"), text);
                const directory = resolve(__dirname, "../../..");
                await assert.rejects(renderStacks({ directory, stacks: ["dev"], policyPacks: [pack] }), says);
            } finally {
                rmSync(pack, { recursive: true });
            }
        });
    }
});
