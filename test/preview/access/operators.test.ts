import assert from "node:assert/strict";

import { accessMatrix } from "../../../preview/access";
import type { AccessMatrix } from "../../../preview/access";
import type { PropertyMap } from "../../../preview/engine/values";
import { rendering, urnOf } from "../../support/rendering";
import type { ResourceSketch } from "../../support/rendering";
import { allow, grant, kubernetes, role, ROLE_ARN, rule, secret, secretArn } from "./cases";

const DB = "estuary/prod/db";
const consumer: ResourceSketch = {
    type: "strongroom:delivery:Consumer",
    name: "estuary/api",
    inputs: { namespace: "estuary-prod", serviceAccount: "api", reads: ["estuary/db"] },
};
const document: ResourceSketch = {
    type: "strongroom:secrets:Document",
    name: "estuary/db",
    inputs: { store: "aws-secrets-manager", path: DB },
};
const base = [consumer, document, secret(DB)];
const matrix = (...resources: readonly ResourceSketch[]): AccessMatrix =>
    accessMatrix(rendering({ resources }));
const told = ({ findings }: AccessMatrix): string[] =>
    findings.map(({ kind, message }) => `${kind}: ${message}`);
const names = ({ operators }: AccessMatrix): string[] => operators.map(({ name }) => name);

/** A role of somebody who is no consumer, with whom it trusts. */
const deploy = (tags: PropertyMap, principal: object): ResourceSketch[] => [
    {
        type: "aws:iam/role:Role",
        name: "deploy",
        inputs: {
            name: "deploy",
            tags,
            assumeRolePolicy: JSON.stringify({
                Statement: { Effect: "Allow", Action: "sts:AssumeRole", Principal: principal },
            }),
        },
        outputs: { arn: "arn:aws:iam::222222222222:role/deploy" },
    },
    {
        type: "aws:iam/rolePolicy:RolePolicy",
        name: "deploys",
        inputs: {
            role: "deploy",
            policy: JSON.stringify({
                Statement: allow(secretArn(DB), {
                    Action: ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
                }),
            }),
        },
    },
];
const stranger = { AWS: "arn:aws:iam::222222222222:role/of-a-pipeline" };
const reads = [role(), grant(allow(secretArn(DB)))];

describe("what more than reading comes to", () => {
    for (const [action, verb] of [
        ["secretsmanager:PutSecretValue", "write"],
        ["secretsmanager:DeleteSecret", "delete"],
        ["secretsmanager:PutResourcePolicy", "grant"],
        ["secretsmanager:RotateSecret", "rotate"],
    ] as const)
        it(`is a finding where a consumer may ${verb}`, () => {
            const more = { ...grant(allow(secretArn(DB), { Action: action })), name: "more" };
            const [only, ...others] = told(matrix(...base, ...reads, more));
            assert.match(
                only ?? "",
                new RegExp(
                    `^more-than-reading: api may ${verb} estuary/prod/db \\(.*consumers only read$`,
                    "u",
                ),
            );
            assert.deepEqual(others, []);
        });

    it("is none where a consumer sees what is written beside the value", () => {
        const more = {
            ...grant(allow(secretArn(DB), { Action: "secretsmanager:DescribeSecret" })),
            name: "more",
        };
        assert.deepEqual(told(matrix(...base, ...reads, more)), []);
    });
});

describe("those who operate secrets", () => {
    it("are declared by a tag, and then read and write without a finding", () => {
        const declared = matrix(...base, ...reads, ...deploy({ class: "operator" }, stranger));
        assert.deepEqual(told(declared), []);
        // Whoever becomes nobody but an operator is one.
        assert.deepEqual(names(declared), [stranger.AWS, "deploy"]);
        const not = matrix(...base, ...reads, ...deploy({ class: "access" }, stranger));
        assert.deepEqual(told(not), [
            "undeclared-read: deploy may read estuary/prod/db, and nobody declares that it reads estuary/db",
        ]);
        assert.deepEqual(names(not), []);
    });

    it("don't make an operator of an identity that a stack declares and that becomes one", () => {
        const both = matrix(
            ...base,
            ...reads,
            secret("other"),
            ...deploy({ class: "operator" }, { AWS: ROLE_ARN }),
        );
        // The cause is told once, not again for whoever becomes that role.
        assert.deepEqual(told(both), [
            "more-than-reading: api may write estuary/prod/db via role deploy (add or replace a value), and consumers only read",
        ]);
    });

    const NS = "estuary-prod";
    const external = (labels: PropertyMap): ResourceSketch[] => [
        kubernetes("Secret", "own", NS, {}),
        kubernetes("Role", "op", NS, { rules: [rule(["list"])] }),
        {
            ...kubernetes("RoleBinding", "op", NS, {}),
            inputs: {
                metadata: { name: "op", namespace: NS, labels },
                roleRef: { kind: "Role", name: "op" },
                subjects: [
                    { kind: "ServiceAccount", name: "external-secrets", namespace: "external-secrets" },
                ],
            },
        },
    ];

    it("are declared by the label of every binding that one of elsewhere has", () => {
        const label = { "strongroom.io/class": "operator" };
        assert.deepEqual(told(matrix(...external(label))), []);
        assert.equal(told(matrix(...external({}))).length, 1);
        const second = { ...external({})[2], name: "second" } as ResourceSketch;
        assert.equal(told(matrix(...external(label), second)).length, 1);
    });

    it("are those whom consumers let in for their own namespace, and read for them", () => {
        const parent = urnOf(consumer.type, consumer.name);
        const operator = "arn:aws:iam::222222222222:role/external-secrets";
        const lets = (namespace: string): ResourceSketch => ({
            ...role({
                assumeRolePolicy: JSON.stringify({
                    Statement: {
                        Effect: "Allow",
                        Action: ["sts:AssumeRole", "sts:TagSession"],
                        Principal: { AWS: operator },
                        Condition: { StringEquals: { "aws:RequestTag/esoNamespace": namespace } },
                    },
                }),
            }),
            parent,
        });
        const own = matrix(...base, lets(NS), grant(allow(secretArn(DB))));
        assert.deepEqual(told(own), []);
        assert.deepEqual(names(own), [operator]);
        const another = matrix(...base, lets("other-prod"), grant(allow(secretArn(DB))));
        assert.deepEqual(told(another), [
            `undeclared-read: ${operator} may read estuary/prod/db via role api, and nobody declares that it reads estuary/db`,
        ]);
    });

    it("are the functions that a store calls to rotate, for the secrets that name them", () => {
        const rotation: ResourceSketch = {
            type: "aws:secretsmanager/secretRotation:SecretRotation",
            name: "db",
            inputs: {
                secretId: secretArn(DB, "-a1b2c3"),
                rotationLambdaArn: "arn:aws:lambda:us-east-1:222222222222:function:f",
            },
        };
        const rotating = matrix(...base, secret("other"), ...reads, rotation);
        assert.deepEqual(told(rotating), []);
        const own = rotating.cells.filter(({ identity }) => identity.kind === "function");
        assert.deepEqual(
            own.map(({ verb, entry }) => `${verb} ${entry.path}`),
            [`read ${DB}`, `list ${DB}`, `write ${DB}`, `rotate ${DB}`],
        );
    });
});
