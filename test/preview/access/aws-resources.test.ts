import assert from "node:assert/strict";

import type { ResourceSketch } from "../../support/rendering";
import {
    allow,
    answers,
    deny,
    grant,
    key,
    KEY_ARN,
    parameter,
    parameterArn,
    role,
    ROLE_ARN,
    secret,
    secretArn,
} from "./cases";

const DB = "estuary/prod/db";
const db = secretArn(DB);
const decrypt = { Effect: "Allow", Action: "kms:Decrypt", Resource: KEY_ARN };
const viaSecretsManager = { StringEquals: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" } };
const viaParameters = { StringEquals: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } };

const said = (resources: readonly ResourceSketch[]): string =>
    answers(resources)
        .find((line) => line.startsWith(`api ${DB}: `))
        ?.slice(`api ${DB}: `.length) ?? "silent";

describe("access to what a customer key encrypts", () => {
    const locked = secret(DB, { kmsKeyId: KEY_ARN });
    const keyPolicy = (...statements: readonly object[]): ResourceSketch =>
        key({ policy: JSON.stringify({ Statement: statements }) });
    const account = {
        Effect: "Allow",
        Action: "kms:*",
        Resource: "*",
        Principal: { AWS: "arn:aws:iam::222222222222:root" },
    };

    it("takes kms:Decrypt on that key, through this service", () => {
        assert.equal(said([locked, key(), role(), grant(allow(db))]), "denied, cannot decrypt");
        assert.equal(said([locked, key(), role(), grant(allow(db), decrypt)]), "allowed");
        assert.equal(
            said([locked, key(), role(), grant(allow(db), { ...decrypt, Condition: viaSecretsManager })]),
            "allowed",
        );
        assert.equal(
            said([locked, key(), role(), grant(allow(db), { ...decrypt, Condition: viaParameters })]),
            "denied, cannot decrypt",
        );
        assert.equal(
            said([locked, key(), role(), grant(allow(db), { ...decrypt, Resource: `${KEY_ARN}x` })]),
            "denied, cannot decrypt",
        );
    });

    it("finds the key by alias, and needs none for Amazon's own", () => {
        const alias = {
            type: "aws:kms/alias:Alias",
            name: "a",
            inputs: { name: "alias/strongroom-prod", targetKeyId: KEY_ARN.split("/")[1] ?? "" },
        };
        const byAlias = secret(DB, { kmsKeyId: "alias/strongroom-prod" });
        assert.equal(said([byAlias, key(), alias, role(), grant(allow(db), decrypt)]), "allowed");
        assert.equal(
            said([secret(DB, { kmsKeyId: "alias/aws/secretsmanager" }), role(), grant(allow(db))]),
            "allowed",
        );
    });

    it("asks the key policy first", () => {
        const other = { ...account, Principal: { AWS: "arn:aws:iam::222222222222:role/admin" } };
        assert.equal(said([locked, keyPolicy(account), role(), grant(allow(db), decrypt)]), "allowed");
        assert.equal(
            said([locked, keyPolicy(other), role(), grant(allow(db), decrypt)]),
            "denied, cannot decrypt: the key policy does not leave it to IAM policies",
        );
        assert.equal(
            said([locked, keyPolicy({ ...account, Principal: { AWS: ROLE_ARN } }), role(), grant(allow(db))]),
            "allowed",
        );
    });
});

describe("access by a secret's own policy", () => {
    const ownPolicy = (...statements: readonly object[]): ResourceSketch => ({
        type: "aws:secretsmanager/secretPolicy:SecretPolicy",
        name: "p",
        inputs: { secretArn: secretArn(DB, "-a1b2c3"), policy: JSON.stringify({ Statement: statements }) },
    });

    it("denies, also what the identity's policy allows", () => {
        const outside = { StringNotEquals: { "aws:PrincipalAccount": "222222222222" } };
        const everybody = { Principal: "*" };
        assert.equal(
            said([secret(DB), ownPolicy(deny("*", everybody)), role(), grant(allow(db))]),
            "denied, an explicit Deny",
        );
        assert.equal(
            said([
                secret(DB),
                ownPolicy(deny("*", { ...everybody, Condition: outside })),
                role(),
                grant(allow(db)),
            ]),
            "allowed",
        );
    });

    it("lets in whom it names, and shows strangers", () => {
        assert.equal(
            said([secret(DB), ownPolicy(allow("*", { Principal: { AWS: ROLE_ARN } })), role()]),
            "allowed",
        );
        const stranger = "arn:aws:iam::999999999999:root";
        assert.deepEqual(
            answers([secret(DB), ownPolicy(allow("*", { Principal: { AWS: stranger } })), role()]),
            [`${stranger} ${DB}: allowed`],
        );
        const own = { AWS: "arn:aws:iam::222222222222:root" };
        assert.deepEqual(answers([secret(DB), ownPolicy(allow("*", { Principal: own })), role()]), []);
    });
});

describe("access to parameters", () => {
    const path = "/estuary/prod/s3-region";
    const arn = parameterArn(path);
    const ofParameter = (action: string, resource: string): object => ({
        Effect: "Allow",
        Action: action,
        Resource: resource,
    });

    for (const [action, resource, says] of [
        ["ssm:GetParameter", arn, "allowed"],
        ["ssm:GetParameters", arn, "allowed"],
        ["ssm:GetParameterHistory", arn, "allowed"],
        ["ssm:DescribeParameters", "*", undefined],
        ["ssm:GetParameter", `${arn}-2`, undefined],
        ["ssm:GetParametersByPath", parameterArn("/estuary/prod"), "allowed"],
        ["ssm:GetParametersByPath", parameterArn("/estuary"), "allowed"],
        ["ssm:GetParametersByPath", parameterArn("/estuary/pro"), undefined],
        ["ssm:GetParametersByPath", parameterArn("/estuary/prod-eu"), undefined],
    ] as const) {
        it(`${action} on ${resource}: ${says ?? "silent"}`, () => {
            const expected = says === undefined ? [] : [`api ${path}: ${says}`];
            assert.deepEqual(
                answers([parameter(path), role(), grant(ofParameter(action, resource))]),
                expected,
            );
        });
    }

    it("needs the key for a SecureString only", () => {
        const statements = [ofParameter("ssm:GetParameter", arn)];
        const encrypted = parameter(path, { type: "SecureString", keyId: KEY_ARN });
        assert.deepEqual(answers([encrypted, key(), role(), grant(...statements)]), [
            `api ${path}: denied, cannot decrypt`,
        ]);
        assert.deepEqual(
            answers([
                encrypted,
                key(),
                role(),
                grant(...statements, { ...decrypt, Condition: viaParameters }),
            ]),
            [`api ${path}: allowed`],
        );
        assert.deepEqual(answers([parameter(path, { keyId: KEY_ARN }), role(), grant(...statements)]), [
            `api ${path}: allowed`,
        ]);
    });
});
