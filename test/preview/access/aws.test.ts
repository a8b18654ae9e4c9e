import assert from "node:assert/strict";

import { accessMatrix } from "../../../preview/access";
import { Secret, Unknown } from "../../../preview/engine/values";
import { rendering } from "../../support/rendering";
import type { ResourceSketch } from "../../support/rendering";
import { allow, answers, deny, grant, role, secret, secretArn } from "./cases";

const DB = "estuary/prod/db";
const db = secretArn(DB);

interface Case {
    readonly title: string;
    readonly statements: readonly object[];
    /** `allowed`, `denied, <reason>`, `undecided, <reason>`, or `silent` where no statement speaks of it. */
    readonly says: string;
}

const cases: readonly Case[] = [
    { title: "the name with six characters more", statements: [allow(db)], says: "allowed" },
    {
        title: "the name alone, which matches nothing",
        statements: [allow(secretArn(DB, ""))],
        says: "silent",
    },
    {
        title: "another name that begins alike",
        statements: [allow(secretArn("estuary/prod/d"))],
        says: "silent",
    },
    { title: "a star in the name", statements: [allow(secretArn("estuary/prod/*", ""))], says: "allowed" },
    { title: "a star without the slash", statements: [allow(secretArn("estuary/pr*", ""))], says: "allowed" },
    {
        title: "the environment whose name begins alike",
        statements: [allow(secretArn("estuary/prod-eu/*", ""))],
        says: "silent",
    },
    { title: "every resource", statements: [allow("*")], says: "allowed" },
    {
        title: "an action in other letters",
        statements: [allow(db, { Action: "SecretsManager:getsecretvalue" })],
        says: "allowed",
    },
    {
        title: "all of the service's actions",
        statements: [allow(db, { Action: "secretsmanager:*" })],
        says: "allowed",
    },
    {
        title: "an action that reads no value",
        statements: [allow(db, { Action: "secretsmanager:DescribeSecret" })],
        says: "silent",
    },
    {
        title: "NotAction that leaves reading in",
        statements: [allow(db, { Action: undefined, NotAction: "iam:*" })],
        says: "allowed",
    },
    {
        title: "NotAction that takes reading out",
        statements: [allow(db, { Action: undefined, NotAction: "secretsmanager:Get*" })],
        says: "silent",
    },
    {
        title: "NotResource of another",
        statements: [allow(undefined, { NotResource: secretArn("x") })],
        says: "allowed",
    },
    { title: "NotResource of this one", statements: [allow(undefined, { NotResource: db })], says: "silent" },
    { title: "Deny beside Allow", statements: [allow(db), deny(db)], says: "denied, an explicit Deny" },
    { title: "Deny of another", statements: [allow(db), deny(secretArn("x"))], says: "allowed" },
    {
        title: "Deny of all but this one",
        statements: [allow(db), deny(undefined, { NotResource: db })],
        says: "allowed",
    },
    {
        title: "a condition that holds",
        statements: [allow(db, { Condition: { StringEquals: { "aws:PrincipalAccount": "222222222222" } } })],
        says: "allowed",
    },
    {
        title: "a condition that fails",
        statements: [allow(db, { Condition: { StringEquals: { "aws:PrincipalAccount": "111111111111" } } })],
        says: "silent",
    },
    {
        title: "Deny without TLS",
        statements: [allow(db), deny("*", { Condition: { Bool: { "aws:SecureTransport": "false" } } })],
        says: "allowed",
    },
    {
        title: "Deny outside the account",
        statements: [
            allow(db),
            deny("*", { Condition: { StringNotEquals: { "aws:PrincipalAccount": "222222222222" } } }),
        ],
        says: "allowed",
    },
    {
        title: "a key that differs by request",
        statements: [allow(db, { Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } } })],
        says: "undecided, condition key 'aws:SourceVpce' is not known before a request",
    },
    {
        title: "an operator that is not evaluated",
        statements: [allow(db, { Condition: { DateLessThan: { "aws:RequestedRegion": "2030-01-01" } } })],
        says: "undecided, condition operator 'DateLessThan' is not evaluated here",
    },
    {
        title: "a Deny in doubt",
        statements: [allow(db), deny("*", { Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })],
        says: "undecided, condition key 'aws:SourceIp' is not known before a request",
    },
    {
        title: "a Deny in doubt of what nobody allows",
        statements: [deny("*", { Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } })],
        says: "silent",
    },
    {
        title: "an Allow in doubt beside one that holds",
        statements: [allow(db), allow(db, { Condition: { Null: { "aws:SourceIp": "true" } } })],
        says: "allowed",
    },
    {
        title: "a resource's tag that is there",
        statements: [allow("*", { Condition: { StringEquals: { "aws:ResourceTag/class": "database" } } })],
        says: "allowed",
    },
    {
        title: "a resource's tag that is not there",
        statements: [allow("*", { Condition: { StringEquals: { "aws:ResourceTag/team": "a" } } })],
        says: "silent",
    },
    {
        title: "a negated operator on a missing tag",
        statements: [allow("*", { Condition: { StringNotEquals: { "aws:ResourceTag/team": "a" } } })],
        says: "allowed",
    },
    {
        title: "a session's tag",
        statements: [allow("*", { Condition: { StringEquals: { "aws:PrincipalTag/esoNamespace": "x" } } })],
        says: "undecided, condition key 'aws:PrincipalTag/esoNamespace' is not known before a request",
    },
    {
        title: "a policy variable",
        statements: [allow(secretArn("estuary/${aws:PrincipalTag/env}/db"))],
        says: "undecided, a policy variable in Resource differs by request",
    },
    {
        title: "an element nobody knows",
        statements: [{ ...allow(db), Action: 7 }],
        says: "undecided, 'read[0]' has an element that is not evaluated here",
    },
];

const said = (resources: readonly ResourceSketch[]): string =>
    answers(resources)
        .find((line) => line.startsWith(`api ${DB}: `))
        ?.slice(`api ${DB}: `.length) ?? "silent";

describe("access on AWS", () => {
    for (const { title, statements, says } of cases) {
        it(`${title}: ${says}`, () => {
            assert.equal(
                said([secret(DB, { tags: { class: "database" } }), role(), grant(...statements)]),
                says,
            );
        });
    }

    it("names the statement by Sid, or by its place", () => {
        const { cells } = accessMatrix(
            rendering({ resources: [secret(DB), role(), grant(allow(db), allow(db, { Sid: "ReadDb" }))] }),
        );
        assert.deepEqual(cells[0]?.by, ["read[0]", "read ReadDb"]);
        assert.deepEqual(cells[0].identity.serviceAccounts, ["estuary-prod/api"]);
    });

    it("reads a policy that is attached, by ARN or by where an unknown ARN comes from", () => {
        const policy = {
            type: "aws:iam/policy:Policy",
            name: "p",
            inputs: { policy: JSON.stringify({ Statement: allow(db) }) },
        };
        const attachment = { type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", name: "a" };
        const arn = "arn:aws:iam::222222222222:policy/p";
        const urn = "urn:pulumi:prod::strongroom::aws:iam/policy:Policy::p";
        const known = [
            { ...policy, outputs: { arn } },
            { ...attachment, inputs: { role: "api", policyArn: arn } },
        ];
        const unknown = [
            policy,
            {
                ...attachment,
                inputs: { role: "api", policyArn: Unknown.value },
                propertyDependencies: { policyArn: [urn] },
            },
        ];
        assert.equal(said([secret(DB), role(), ...known]), "allowed");
        assert.equal(said([secret(DB), role(), ...unknown]), "allowed");
    });

    it("leaves a doubt where a policy is not rendered, and none for the Lambda log policy", () => {
        const attached = (policyArn: string): ResourceSketch => ({
            type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            name: "a",
            inputs: { role: "api", policyArn },
        });
        const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
        assert.equal(
            said([secret(DB), role(), attached(admin)]),
            `undecided, the policy ${admin} is not part of this stack`,
        );
        const logs = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
        assert.equal(said([secret(DB), role(), attached(logs)]), "silent");
    });

    it("leaves a doubt where the policy or the ARN is known after a deployment only", () => {
        const unknownPolicy = { ...grant(), inputs: { role: "api", policy: Unknown.value } };
        assert.match(
            said([secret(DB), role(), unknownPolicy]),
            /^undecided, the policy 'read' is known after/u,
        );
        const unknownArn = { ...secret(DB), outputs: { arn: Unknown.value } };
        assert.match(said([unknownArn, role(), grant(allow(db))]), /^undecided, the ARN is known after/u);
        assert.equal(said([unknownArn, role(), grant(allow("*"))]), "allowed");
    });

    it("takes no doubt from an unknown output that nobody set", () => {
        const computed = { policy: Unknown.value, kmsKeyId: Unknown.value };
        const bare = secret(DB);
        assert.equal(
            said([{ ...bare, outputs: { ...bare.outputs, ...computed } }, role(), grant(allow(db))]),
            "allowed",
        );
    });

    it("evaluates a policy that is marked secret", () => {
        const policy = new Secret(JSON.stringify({ Statement: allow(db) }));
        assert.equal(said([secret(DB), role(), { ...grant(), inputs: { role: "api", policy } }]), "allowed");
    });

    it("says of a grant to a role elsewhere that it is not evaluated", () => {
        const { findings } = accessMatrix(rendering({ resources: [secret(DB), grant(allow(db))] }));
        assert.deepEqual(
            findings.map(({ kind, place, message }) => `${kind}: ${place}: ${message}`),
            [
                "not-evaluated: aws:iam/rolePolicy:RolePolicy 'read': it grants to a role that is not part of this stack",
            ],
        );
    });

    it("holds a grant inside the permissions boundary", () => {
        const boundary = {
            type: "aws:iam/policy:Policy",
            name: "b",
            inputs: { policy: JSON.stringify({ Statement: allow(secretArn("x")) }) },
            outputs: { arn: "arn:b" },
        };
        const bounded = role({ permissionsBoundary: "arn:b" });
        assert.equal(
            said([secret(DB), bounded, boundary, grant(allow(db))]),
            "denied, outside its permissions boundary",
        );
    });
});
