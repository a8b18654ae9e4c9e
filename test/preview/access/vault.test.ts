import assert from "node:assert/strict";

import { Unknown } from "../../../preview/engine/values";
import type { PropertyMap } from "../../../preview/engine/values";
import type { ResourceSketch } from "../../support/rendering";
import { answers } from "./cases";

const entry: ResourceSketch = {
    type: "vault:kv/secretV2:SecretV2",
    name: "db",
    inputs: { mount: "secret", name: "yosai/prod/db" },
};
const role = (inputs: PropertyMap = {}): ResourceSketch => ({
    type: "vault:kubernetes/authBackendRole:AuthBackendRole",
    name: "api",
    inputs: {
        roleName: "api",
        tokenPolicies: ["api"],
        boundServiceAccountNames: ["api"],
        boundServiceAccountNamespaces: ["yosai-prod"],
        ...inputs,
    },
});
const policy = (text: string | typeof Unknown.value, name = "api"): ResourceSketch => ({
    type: "vault:index/policy:Policy",
    name,
    inputs: { name, policy: text },
});
const rules = (...paths: readonly (readonly [path: string, ...capabilities: string[]])[]): string =>
    JSON.stringify({
        path: Object.fromEntries(paths.map(([path, ...capabilities]) => [path, { capabilities }])),
    });

const DATA = "secret/data/yosai/prod/db";
const LESS = "denied, the most specific path does not read";
const DENIED = "denied, the most specific path denies";

describe("access in Vault", () => {
    const cases: readonly (readonly [title: string, text: string, says: string | undefined])[] = [
        ["read on the data path", rules([DATA, "read"]), "allowed"],
        ["read on the path without data/", rules(["secret/yosai/prod/db", "read"]), undefined],
        ["read on the metadata path", rules(["secret/metadata/yosai/prod/db", "read", "list"]), undefined],
        ["list and update, no read", rules([DATA, "list", "update"]), undefined],
        ["a path that begins alike", rules(["secret/data/yosai/prod/d", "read"]), undefined],
        ["a star at the end", rules(["secret/data/yosai/prod/*", "read"]), "allowed"],
        ["a star in a name", rules(["secret/data/yosai/pro*", "read"]), "allowed"],
        [
            "the environment whose name begins alike",
            rules(["secret/data/yosai/prod-eu/*", "read"]),
            undefined,
        ],
        ["a star that is not at the end", rules(["secret/data/*/prod/db", "read"]), undefined],
        ["a plus for one segment", rules(["secret/data/+/prod/db", "read"]), "allowed"],
        ["a plus for two segments", rules(["secret/data/+/db", "read"]), undefined],
        ["deny beside read on one path", rules([DATA, "read", "deny"]), DENIED],
        ["deny on a wider path", rules(["secret/data/*", "deny"], [DATA, "read"]), "allowed"],
        ["deny on the exact path", rules(["secret/data/*", "read"], [DATA, "deny"]), DENIED],
        ["a more specific path that does not read", rules(["secret/data/*", "read"], [DATA, "update"]), LESS],
        [
            "a later wildcard wins",
            rules(["secret/data/+/prod/db", "read"], ["secret/data/yosai/*", "deny"]),
            DENIED,
        ],
        [
            "no star at the end wins",
            rules(["secret/data/+/prod/*", "deny"], ["secret/data/+/prod/db", "read"]),
            "allowed",
        ],
        ["fewer plus win", rules(["secret/data/+/+/db", "read"], ["secret/data/+/prod/db", "deny"]), DENIED],
        [
            "a longer path wins",
            rules(["secret/data/+/prod/*", "deny"], ["secret/data/+/prod/d*", "read"]),
            "allowed",
        ],
        ["HCL", `# readers\npath "${DATA}" {\n  capabilities = ["read",]\n}\n`, "allowed"],
        [
            "HCL with two paths",
            `path "a" { capabilities = ["list"] } path "secret/data/*" { capabilities = ["read"] }`,
            "allowed",
        ],
        ["HCL in the old words", `path "${DATA}" { policy = "write" }`, "allowed"],
        ["a # inside an HCL path", `path "secret/data/#" { capabilities = ["read"] }`, undefined],
        [
            "HCL that is not understood",
            `path "${DATA}" { allowed_parameters = { a = [] } capabilities = ["read"] }`,
            "undecided, the policy 'api' is not part of this stack, or not evaluated here",
        ],
        [
            "a template",
            rules(["secret/data/{{identity.entity.name}}/*", "read"]),
            "undecided, the path of a rule in 'api' is a template",
        ],
        [
            "a template beside the exact path",
            rules(["secret/data/{{identity.entity.name}}/*", "deny"], [DATA, "read"]),
            "allowed",
        ],
        [
            "a constraint on parameters",
            JSON.stringify({
                path: { [DATA]: { capabilities: ["read"], required_parameters: ["version"] } },
            }),
            "undecided, a rule in 'api' has 'required_parameters'",
        ],
    ];
    for (const [title, text, says] of cases) {
        it(`${title}: ${says ?? "silent"}`, () => {
            const expected = says === undefined ? [] : [`api secret/yosai/prod/db: ${says}`];
            assert.deepEqual(answers([entry, role(), policy(text)]), expected);
        });
    }

    const all = (says: string): string[] => [`api secret/yosai/prod/db: ${says}`];

    it("joins the capabilities that several policies give on one path; deny wins", () => {
        const both = role({ tokenPolicies: ["api", "b"] });
        const list = policy(rules([DATA, "list"]));
        assert.deepEqual(answers([entry, both, list, policy(rules([DATA, "read"]), "b")]), all("allowed"));
        const read = policy(rules([DATA, "read"]));
        assert.deepEqual(answers([entry, both, read, policy(rules([DATA, "deny"]), "b")]), all(DENIED));
    });

    it("lets root read everything, and gives the built-in default policy nothing", () => {
        assert.deepEqual(answers([entry, role({ tokenPolicies: ["root"] })]), all("allowed"));
        assert.deepEqual(answers([entry, role({ tokenPolicies: ["default"] })]), []);
    });

    it("applies a default policy of the stack unless the role goes without", () => {
        const wide = policy(rules(["secret/*", "read"]), "default");
        assert.deepEqual(answers([entry, role({ tokenPolicies: [] }), wide]), all("allowed"));
        assert.deepEqual(answers([entry, role({ tokenPolicies: [], tokenNoDefaultPolicy: true }), wide]), []);
    });

    it("leaves a doubt for a policy that is unknown or not rendered", () => {
        const absent = all("undecided, the policy 'api' is not part of this stack, or not evaluated here");
        assert.deepEqual(answers([entry, role()]), absent);
        assert.deepEqual(answers([entry, role(), policy(Unknown.value)]), absent);
        const unknown = role({ tokenPolicies: [Unknown.value] });
        assert.deepEqual(
            answers([entry, unknown]),
            all("undecided, the role's policies are known after a deployment only"),
        );
    });
});
