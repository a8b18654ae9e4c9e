import assert from "node:assert/strict";

import { accessMatrices } from "../../../preview/access";
import type { Rendering } from "../../../preview/rendering";
import { rendering, urnOf } from "../../support/rendering";
import type { ResourceSketch } from "../../support/rendering";
import { abilitiesAmong, allow, grant, kubernetes, rule, secret, secretArn } from "./cases";

const DB = "estuary/prod/db";
const prod = (...resources: readonly ResourceSketch[]): Rendering => rendering({ stack: "prod", resources });
const dev = (...resources: readonly ResourceSketch[]): Rendering => rendering({ stack: "dev", resources });

const roleOf = (account: string): ResourceSketch => ({
    type: "aws:iam/role:Role",
    name: "api",
    inputs: { name: "api" },
    outputs: { arn: `arn:aws:iam::${account}:role/api` },
});
const policyOf = (...statements: readonly object[]): ResourceSketch => ({
    type: "aws:secretsmanager/secretPolicy:SecretPolicy",
    name: "p",
    inputs: { secretArn: secretArn(DB, "-a1b2c3"), policy: JSON.stringify({ Statement: statements }) },
});
const lets = (principal: string): ResourceSketch => policyOf(allow("*", { Principal: { AWS: principal } }));
const own = grant(allow(secretArn(DB)));
const EXPLICIT = ["read estuary/prod/db"];

describe("identities of one stack at entries of another, on AWS", () => {
    const OTHER = "111111111111";
    const other = `arn:aws:iam::${OTHER}:role/api`;
    const cases: readonly (readonly [
        title: string,
        dev: readonly ResourceSketch[],
        prod: readonly ResourceSketch[],
        reads: boolean,
    ])[] = [
        ["in the same account by a policy of its own", [roleOf("222222222222"), own], [], true],
        ["in another account by a policy of its own alone", [roleOf(OTHER), own], [], false],
        ["in another account by the secret's policy alone", [roleOf(OTHER)], [lets(other)], false],
        ["in another account by both", [roleOf(OTHER), own], [lets(other)], true],
        [
            "in another account, let in as a whole",
            [roleOf(OTHER), own],
            [lets(`arn:aws:iam::${OTHER}:root`)],
            true,
        ],
        [
            "in another account, with everybody",
            [roleOf(OTHER), own],
            [policyOf(allow("*", { Principal: "*" }))],
            true,
        ],
        [
            "in another account, against a Deny of what is not this account's",
            [roleOf(OTHER), own],
            [
                policyOf(allow("*", { Principal: { AWS: other } }), {
                    Effect: "Deny",
                    Principal: "*",
                    Action: "secretsmanager:*",
                    Resource: "*",
                    Condition: { StringNotEquals: { "aws:PrincipalAccount": "222222222222" } },
                }),
            ],
            false,
        ],
    ];
    for (const [title, theirs, ours, reads] of cases)
        it(`${title}: ${reads ? "yes, which is a finding" : "no"}`, () => {
            const both = [dev(...theirs), prod(secret(DB), ...ours)];
            assert.deepEqual(abilitiesAmong(both, "api"), reads ? EXPLICIT : []);
            const findings = accessMatrices(both).flatMap((each) => each.findings);
            assert.deepEqual(
                findings.filter(({ kind }) => kind === "foreign").map(({ message }) => message),
                reads ? ["api may read estuary/prod/db, and belongs to dev"] : [],
            );
        });

    it("are not asked when the other stack is not there, and the table says so", () => {
        const [alone] = accessMatrices([prod(secret(DB))]);
        assert.deepEqual(alone?.askedStacks, ["prod"]);
        assert.equal(alone.foreign.asked, 0);
    });

    it("are of one environment where stacks are parts of it", () => {
        const part = rendering({ stack: "prod.estuary", resources: [roleOf("222222222222"), own] });
        const [matrix] = accessMatrices([prod(secret(DB)), part]);
        assert.deepEqual(
            matrix?.findings.map(({ kind }) => kind),
            ["undeclared-read"],
        );
    });
});

describe("identities of one stack at entries of another, elsewhere", () => {
    const provider = (kind: string, inputs: Record<string, string>): ResourceSketch => ({
        type: `pulumi:providers:${kind}`,
        name: kind,
        inputs,
    });
    const by = (stack: string, kind: string) => ({
        provider: urnOf(`pulumi:providers:${kind}`, kind, stack),
    });
    const NS = "shared";

    const cluster = (context: string): { readonly dev: Rendering; readonly prod: Rendering } => {
        const at = (stack: string, sketch: ResourceSketch): ResourceSketch => ({
            ...sketch,
            ...by(stack, "kubernetes"),
        });
        return {
            dev: dev(
                provider("kubernetes", { context: "a" }),
                at("dev", kubernetes("ServiceAccount", "api", NS, {})),
                at("dev", kubernetes("Role", "r", NS, { rules: [rule(["get"])] })),
                at(
                    "dev",
                    kubernetes("RoleBinding", "r", NS, {
                        roleRef: { kind: "Role", name: "r" },
                        subjects: [{ kind: "ServiceAccount", name: "api", namespace: NS }],
                    }),
                ),
            ),
            prod: prod(provider("kubernetes", { context }), at("prod", kubernetes("Secret", "db", NS, {}))),
        };
    };

    it("meet in one cluster, and not in two that have a namespace of one name", () => {
        const same = cluster("a");
        assert.deepEqual(abilitiesAmong([same.dev, same.prod], `${NS}/api`), [`read ${NS}/db`]);
        const apart = cluster("b");
        assert.deepEqual(abilitiesAmong([apart.dev, apart.prod], `${NS}/api`), []);
    });

    it("can't be told apart where a provider names no context, which is refused", () => {
        const [matrix] = accessMatrices([dev(provider("kubernetes", { kubeconfig: "…" }))]);
        assert.deepEqual(
            matrix?.findings.map(({ kind, place, fix }) => [kind, place, fix]),
            [["not-evaluated", "pulumi:providers:kubernetes 'kubernetes'", "Set 'context' on the provider"]],
        );
    });

    const vault = (address: string, namespace = "", path = "secret/data/db"): readonly Rendering[] => [
        dev(
            provider("vault", { address: "https://a" }),
            {
                type: "vault:kubernetes/authBackendRole:AuthBackendRole",
                name: "api",
                inputs: { roleName: "api", backend: "k", tokenPolicies: ["p"] },
                ...by("dev", "vault"),
            },
            {
                type: "vault:index/policy:Policy",
                name: "p",
                inputs: {
                    name: "p",
                    policy: JSON.stringify({ path: { [path]: { capabilities: ["read"] } } }),
                },
                ...by("dev", "vault"),
            },
        ),
        prod(provider("vault", { address, ...(namespace && { namespace }) }), {
            type: "vault:kv/secretV2:SecretV2",
            name: "db",
            inputs: { mount: "secret", name: "db" },
            ...by("prod", "vault"),
        }),
    ];

    it("meet at one address and namespace of Vault, and in the namespaces below", () => {
        const READS = ["read secret/db"];
        assert.deepEqual(abilitiesAmong(vault("https://a"), "api"), READS);
        assert.deepEqual(abilitiesAmong(vault("https://b"), "api"), []);
        assert.deepEqual(abilitiesAmong(vault("https://a", "team"), "api"), []);
        assert.deepEqual(abilitiesAmong(vault("https://a", "team", "team/secret/data/db"), "api"), READS);
        assert.deepEqual(abilitiesAmong(vault("https://a", "team", "+/secret/data/db"), "api"), READS);
    });

    it("reach a project of GCP by a grant on it, on its folder or on the organization", () => {
        const email = "api@dev.iam.gserviceaccount.com";
        const account: ResourceSketch = {
            type: "gcp:serviceaccount/account:Account",
            name: "api",
            inputs: { accountId: "api", project: "dev" },
            outputs: { email },
        };
        const binding = (type: string, inputs: Record<string, string>): ResourceSketch => ({
            type,
            name: "g",
            inputs: {
                role: "roles/secretmanager.secretAccessor",
                member: `serviceAccount:${email}`,
                ...inputs,
            },
        });
        const ours = prod(
            { type: "gcp:secretmanager/secret:Secret", name: "s", inputs: { secretId: "s", project: "p" } },
            {
                type: "gcp:organizations/project:Project",
                name: "p",
                inputs: { projectId: "p", folderId: "folders/1" },
            },
            {
                type: "gcp:organizations/folder:Folder",
                name: "f",
                inputs: { parent: "organizations/9" },
                outputs: { name: "folders/1" },
            },
        );
        for (const [type, inputs, reads] of [
            ["gcp:projects/iAMMember:IAMMember", { project: "p" }, true],
            ["gcp:projects/iAMMember:IAMMember", { project: "p-eu" }, false],
            ["gcp:folder/iAMMember:IAMMember", { folder: "folders/1" }, true],
            ["gcp:folder/iAMMember:IAMMember", { folder: "folders/2" }, false],
            ["gcp:organizations/iAMMember:IAMMember", { orgId: "9" }, true],
            ["gcp:organizations/iAMMember:IAMMember", { orgId: "8" }, false],
        ] as const)
            assert.deepEqual(
                abilitiesAmong([dev(account, binding(type, inputs)), ours], email),
                reads ? ["read s"] : [],
                JSON.stringify([type, inputs]),
            );
    });

    it("leave a doubt where nobody declares what is above a project", () => {
        const folder: ResourceSketch = {
            type: "gcp:folder/iAMMember:IAMMember",
            name: "g",
            inputs: { role: "roles/owner", member: "user:a@example.com", folder: "folders/1" },
        };
        const secretOf: ResourceSketch = {
            type: "gcp:secretmanager/secret:Secret",
            name: "s",
            inputs: { secretId: "s", project: "p" },
        };
        const [matrix] = accessMatrices([prod(secretOf, folder)]);
        assert.deepEqual(
            matrix?.findings.map(({ kind, message }) => `${kind}: ${message}`),
            [
                "undecided: user:a@example.com may be able to read, list, write, rotate, delete, grant s (whether the project is below folders/1 is not declared)",
            ],
        );
    });
});
