import assert from "node:assert/strict";

import { accessMatrix } from "../../../preview/access";
import { rendering } from "../../support/rendering";
import type { ResourceSketch } from "../../support/rendering";
import { abilities, allow, grant, kubernetes, role, rule, secret, secretArn } from "./cases";

const DB = "estuary/prod/db";
const ACCOUNT = "222222222222";
const arnOf = (name: string, account = ACCOUNT): string => `arn:aws:iam::${account}:role/${name}`;

/** A role by name, with whom it trusts and what it may do. */
function named(name: string, trust: object, ...statements: readonly object[]): ResourceSketch[] {
    return [
        {
            type: "aws:iam/role:Role",
            name,
            inputs: { name, assumeRolePolicy: JSON.stringify({ Statement: trust }) },
            outputs: { arn: arnOf(name) },
        },
        ...(statements.length === 0
            ? []
            : [
                  {
                      type: "aws:iam/rolePolicy:RolePolicy",
                      name: `${name}-policy`,
                      inputs: { role: name, policy: JSON.stringify({ Statement: statements }) },
                  },
              ]),
    ];
}
const trusts = (AWS: string, more: object = {}): object => ({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { AWS },
    ...more,
});
const assumes = (Resource: string, Effect = "Allow"): object => ({
    Effect,
    Action: "sts:AssumeRole",
    Resource,
});
const nobody = trusts(arnOf("of-nobody"));

describe("becoming a role", () => {
    const reader = (trust: object): ResourceSketch[] => [
        secret(DB),
        ...named("reader", trust, allow(secretArn(DB))),
    ];
    const VIA = [`read ${DB} as reader`];
    const root = `arn:aws:iam::${ACCOUNT}:root`;
    const cases: readonly (readonly [
        title: string,
        trust: object,
        own: readonly object[],
        reads: boolean,
    ])[] = [
        ["by its name in the trust policy, which is enough in one account", trusts(arnOf("a")), [], true],
        ["by its account, if a policy of its own says so", trusts(root), [assumes(arnOf("reader"))], true],
        ["by its account alone", trusts(root), [], false],
        ["by a policy of its own alone", nobody, [assumes("*")], false],
        ["against a Deny of its own", trusts(arnOf("a")), [assumes("*", "Deny")], false],
        [
            "against a condition that fails",
            trusts(arnOf("a"), { Condition: { StringEquals: { "aws:PrincipalAccount": "1" } } }),
            [],
            false,
        ],
        [
            "with an external id, which whoever asks chooses",
            trusts(arnOf("a"), { Condition: { StringEquals: { "sts:ExternalId": "x" } } }),
            [],
            true,
        ],
        [
            "by changing whom it trusts",
            nobody,
            [{ Effect: "Allow", Action: "iam:UpdateAssumeRolePolicy", Resource: arnOf("reader") }],
            true,
        ],
    ];
    for (const [title, trust, own, reads] of cases)
        it(`${title}: ${reads ? "yes" : "no"}`, () => {
            const found = abilities([...reader(trust), ...named("a", nobody, ...own)], "a");
            assert.deepEqual(
                found.filter((each) => each.startsWith("read")),
                reads ? VIA : [],
            );
        });

    it("takes as many steps as there are, and tells each", () => {
        const chain = [
            ...reader(trusts(arnOf("b"))),
            ...named("b", trusts(arnOf("a"))),
            ...named("a", trusts(arnOf("reader"))),
        ];
        assert.deepEqual(abilities(chain, "a"), [`read ${DB} as b as reader`]);
        assert.deepEqual(abilities(chain, "reader"), [`read ${DB}`]);
    });

    it("gives an account that is trusted as a whole a line of its own", () => {
        const other = "arn:aws:iam::999999999999:root";
        assert.deepEqual(abilities(reader(trusts(other)), other), VIA);
    });

    it("leaves a doubt where the way is in doubt, and a finding", () => {
        const condition = { Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } };
        const resources = [...reader(trusts(arnOf("a"), condition)), ...named("a", nobody)];
        const { cells, findings } = accessMatrix(rendering({ resources }));
        const [cell] = cells.filter(({ identity }) => identity.name === "a");
        assert.equal(cell?.decision, "undecided");
        assert.ok(
            findings.some(({ message }) =>
                message.startsWith("a may be able to become reader (condition key"),
            ),
        );
    });
});

describe("becoming somebody by a token", () => {
    const api = kubernetes("ServiceAccount", "api", "estuary-prod", {});
    const other = kubernetes("ServiceAccount", "other", "estuary-prod", {});
    const reads = [secret(DB), role(), grant(allow(secretArn(DB)))];

    it("of the service account that a role trusts, and of no other", () => {
        assert.deepEqual(abilities([...reads, api, other], "estuary-prod/api"), [`read ${DB} as api`]);
        assert.deepEqual(abilities([...reads, api, other], "estuary-prod/other"), []);
    });

    const issuer = "token.actions.githubusercontent.com";
    const pipeline = (condition: object): object => ({
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}` },
        Condition: condition,
    });
    const deploys = (condition: object): ResourceSketch[] => [
        secret(DB),
        ...named("deploy", pipeline(condition), allow(secretArn(DB))),
    ];

    it("of a pipeline, which is an identity by its subject", () => {
        const sub = "repo:acme/strongroom:environment:prod";
        const condition = {
            StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com", [`${issuer}:sub`]: sub },
        };
        assert.deepEqual(abilities(deploys(condition), `${sub} of ${issuer}`), [`read ${DB} as deploy`]);
    });

    it("of no provider that another account has", () => {
        const sub = "repo:acme/strongroom:environment:prod";
        const trust = JSON.parse(
            JSON.stringify(pipeline({ StringEquals: { [`${issuer}:sub`]: sub } })).replace(
                ACCOUNT,
                "999999999999",
            ),
        ) as object;
        const resources = [secret(DB), ...named("deploy", trust, allow(secretArn(DB)))];
        assert.deepEqual(abilities(resources, `${sub} of ${issuer}`), []);
    });

    it("of anybody whom the issuer knows, where no subject is asked for", () => {
        const condition = { StringEquals: { [`${issuer}:aud`]: "sts.amazonaws.com" } };
        assert.deepEqual(abilities(deploys(condition), `* of ${issuer}`), [`read ${DB} as deploy`]);
        assert.deepEqual(abilities([...deploys(condition), api], "estuary-prod/api"), [
            `read ${DB} as deploy`,
        ]);
    });

    const NS = "estuary-prod";
    const bound = (...rules: readonly object[]): ResourceSketch[] => [
        kubernetes("Role", "r", NS, { rules: rules as never }),
        kubernetes("RoleBinding", "r", NS, {
            roleRef: { kind: "Role", name: "r" },
            subjects: [{ kind: "ServiceAccount", name: "other", namespace: NS }],
        }),
    ];
    const right = (resource: string, verb: string, names?: readonly string[]): object => ({
        ...rule([verb]),
        resources: [resource],
        ...(names && { resourceNames: names }),
    });
    const ways: readonly (readonly [title: string, rule: object, becomes: boolean])[] = [
        ["creating a token of it", right("serviceaccounts/token", "create", ["api"]), true],
        ["creating a token of another", right("serviceaccounts/token", "create", ["other"]), false],
        ["impersonating it", right("serviceaccounts", "impersonate"), true],
        ["impersonating a user, who stands outside a namespace", right("users", "impersonate"), false],
        ["running a pod as it", right("pods", "create"), true],
        ["looking at it", right("serviceaccounts", "get"), false],
    ];
    for (const [title, each, becomes] of ways)
        it(`${title}: ${becomes ? "yes" : "no"}`, () => {
            const found = abilities([...reads, api, other, ...bound(each)], `${NS}/other`);
            assert.deepEqual(
                found.filter((ability) => ability.includes(DB)),
                becomes ? [`read ${DB} as ${NS}/api as api`] : [],
            );
        });

    it("of a Google account that somebody may make tokens of", () => {
        const email = "app@p.iam.gserviceaccount.com";
        const account: ResourceSketch = {
            type: "gcp:serviceaccount/account:Account",
            name: "app",
            inputs: { accountId: "app", project: "p" },
            outputs: { email },
        };
        const named: ResourceSketch = {
            type: "gcp:secretmanager/secret:Secret",
            name: "s",
            inputs: { secretId: "s", project: "p" },
        };
        const accessor: ResourceSketch = {
            type: "gcp:secretmanager/secretIamMember:SecretIamMember",
            name: "g",
            inputs: {
                secretId: "s",
                project: "p",
                role: "roles/secretmanager.secretAccessor",
                member: `serviceAccount:${email}`,
            },
        };
        const creator = (type: string, role: string, inputs: Record<string, string>): ResourceSketch => ({
            type,
            name: "c",
            inputs: { role, member: "user:ops@example.com", ...inputs },
        });
        const onAccount = { serviceAccountId: `projects/p/serviceAccounts/${email}` };
        const all = [account, named, accessor];
        const member = "gcp:serviceaccount/iAMMember:IAMMember";
        for (const [role, becomes] of [
            ["roles/iam.serviceAccountTokenCreator", true],
            ["roles/iam.serviceAccountUser", true],
            ["roles/iam.serviceAccountKeyAdmin", true],
            ["roles/iam.serviceAccountViewer", false],
        ] as const)
            assert.deepEqual(
                abilities([...all, creator(member, role, onAccount)], "user:ops@example.com"),
                becomes ? [`read s as ${email}`] : [],
                role,
            );
        const onProject = creator(
            "gcp:projects/iAMMember:IAMMember",
            "roles/iam.serviceAccountTokenCreator",
            { project: "p" },
        );
        assert.deepEqual(abilities([...all, onProject], "user:ops@example.com"), [`read s as ${email}`]);
    });

    it("of a login of Vault that is bound to it", () => {
        const entry: ResourceSketch = {
            type: "vault:kv/secretV2:SecretV2",
            name: "db",
            inputs: { mount: "secret", name: "db" },
        };
        const policy: ResourceSketch = {
            type: "vault:index/policy:Policy",
            name: "p",
            inputs: { name: "p", policy: '{"path":{"secret/data/db":{"capabilities":["read"]}}}' },
        };
        const login = (names: readonly string[]): ResourceSketch => ({
            type: "vault:kubernetes/authBackendRole:AuthBackendRole",
            name: "reader",
            inputs: {
                roleName: "reader",
                backend: "k",
                boundServiceAccountNames: names,
                boundServiceAccountNamespaces: [NS],
                tokenPolicies: ["p"],
            },
        });
        const via = ["read secret/db as reader"];
        assert.deepEqual(abilities([entry, policy, login(["api"]), api, other], `${NS}/api`), via);
        assert.deepEqual(abilities([entry, policy, login(["api"]), api, other], `${NS}/other`), []);
        assert.deepEqual(abilities([entry, policy, login(["*"]), api, other], `${NS}/other`), via);
    });
});
