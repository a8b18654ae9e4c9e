import assert from "node:assert/strict";

import type { ResourceSketch } from "../../support/rendering";
import { abilities, grant, key, KEY_ARN, parameter, parameterArn, role, secret, secretArn } from "./cases";

const DB = "estuary/prod/db";
const may = (Action: string | readonly string[], Resource: string, more: object = {}): ResourceSketch =>
    grant({ Effect: "Allow", Action, Resource, ...more });

type Row = readonly [does: string, gives: readonly string[]];

describe("what AWS actions come to", () => {
    const onSecret: readonly Row[] = [
        ["secretsmanager:GetSecretValue", ["read"]],
        ["secretsmanager:BatchGetSecretValue", []],
        ["secretsmanager:DescribeSecret", ["list"]],
        ["secretsmanager:PutSecretValue", ["write"]],
        ["secretsmanager:UpdateSecretVersionStage", ["rotate"]],
        ["secretsmanager:DeleteSecret", ["delete"]],
        ["secretsmanager:PutResourcePolicy", ["grant"]],
        ["secretsmanager:TagResource", []],
        ["secretsmanager:*", ["delete", "grant", "list", "read", "rotate", "write"]],
    ];
    for (const [action, verbs] of onSecret)
        it(`${action} on a secret: ${verbs.join(", ") || "nothing"}`, () => {
            const resources = [secret(DB), role(), may(action, secretArn(DB))];
            assert.deepEqual(
                abilities(resources, "api"),
                verbs.map((verb) => `${verb} ${DB}`),
            );
        });

    it("lists secrets by a right over all of them, which names none", () => {
        assert.deepEqual(abilities([secret(DB), role(), may("secretsmanager:ListSecrets", "*")], "api"), [
            `list ${DB}`,
        ]);
        assert.deepEqual(
            abilities([secret(DB), role(), may("secretsmanager:ListSecrets", secretArn(DB))], "api"),
            [],
        );
    });

    const path = "/estuary/prod/region";
    const onParameter: readonly Row[] = [
        ["ssm:PutParameter", ["write"]],
        ["ssm:LabelParameterVersion", ["rotate"]],
        ["ssm:DeleteParameters", ["delete"]],
        ["ssm:PutResourcePolicy", ["grant"]],
    ];
    for (const [action, verbs] of onParameter)
        it(`${action} on a parameter: ${verbs.join(", ")}`, () => {
            const resources = [parameter(path), role(), may(action, parameterArn(path))];
            assert.deepEqual(
                abilities(resources, "api"),
                verbs.map((verb) => `${verb} ${path}`),
            );
        });

    const onKey: readonly Row[] = [
        ["kms:Decrypt", ["decrypt"]],
        ["kms:GenerateDataKey", ["encrypt"]],
        ["kms:ScheduleKeyDeletion", ["delete"]],
        ["kms:DisableKey", ["delete"]],
        ["kms:CreateGrant", ["grant"]],
        ["kms:PutKeyPolicy", ["grant"]],
        ["kms:DescribeKey", ["list"]],
        ["kms:DisableKeyRotation", ["rotate"]],
    ];
    for (const [action, verbs] of onKey)
        it(`${action} on a key: ${verbs.join(", ")}`, () => {
            assert.deepEqual(
                abilities([key(), role(), may(action, KEY_ARN)], "api"),
                verbs.map((verb) => `${verb} prod`),
            );
        });

    it("takes a key that is used through a store for used", () => {
        const via = { Condition: { StringEquals: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } } };
        assert.deepEqual(abilities([key(), role(), may("kms:Decrypt", KEY_ARN, via)], "api"), [
            "decrypt prod",
        ]);
        const ebs = { Condition: { StringEquals: { "kms:ViaService": "ec2.us-east-1.amazonaws.com" } } };
        assert.deepEqual(abilities([key(), role(), may("kms:Decrypt", KEY_ARN, ebs)], "api"), [
            "decrypt prod",
        ]);
    });

    it("holds a way through one service to what is denied for that one alone", () => {
        const only = (Effect: string, operator: string): object => ({
            Effect,
            Action: "kms:Decrypt",
            Resource: KEY_ARN,
            Condition: { [operator]: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } },
        });
        const both = grant(only("Allow", "StringEquals"), only("Deny", "StringEquals"));
        assert.deepEqual(abilities([key(), role(), both], "api"), []);
        const others = grant(only("Allow", "StringEquals"), only("Deny", "StringNotEquals"));
        assert.deepEqual(abilities([key(), role(), others], "api"), ["decrypt prod"]);
    });

    const account = "arn:aws:iam::222222222222";
    const writes: readonly (readonly [action: string, resource: string, gives: boolean])[] = [
        ["iam:PutRolePolicy", `${account}:role/*`, true],
        ["iam:PutRolePolicy", `${account}:role/of-nobody`, true],
        ["iam:AttachUserPolicy", "*", true],
        ["iam:CreatePolicyVersion", `${account}:policy/x`, true],
        ["iam:GetRolePolicy", "*", false],
        ["iam:PutRolePolicy", "arn:aws:iam::999999999999:role/x", false],
    ];
    for (const [action, resource, gives] of writes)
        it(`${action} on ${resource} ${gives ? "is" : "is not"} granting whatever the account has`, () => {
            const expected = gives ? [`grant ${DB}`, "grant prod"] : [];
            assert.deepEqual(abilities([secret(DB), key(), role(), may(action, resource)], "api"), expected);
        });

    it("takes no right to write policies for one where a Deny stands against it", () => {
        const denied = grant(
            { Effect: "Allow", Action: "iam:*", Resource: "*" },
            { Effect: "Deny", Action: "iam:*", Resource: "*" },
        );
        assert.deepEqual(abilities([secret(DB), role(), denied], "api"), []);
    });
});

describe("what Google's permissions come to", () => {
    const member = "user:ops@example.com";
    const named: ResourceSketch = {
        type: "gcp:secretmanager/secret:Secret",
        name: "db",
        inputs: { secretId: "db", project: "p" },
    };
    const ring = "projects/p/locations/l/keyRings/r";
    const cryptoKey: ResourceSketch = {
        type: "gcp:kms/cryptoKey:CryptoKey",
        name: "k",
        inputs: { name: "k", keyRing: ring },
    };
    const bind = (type: string, role: string, inputs: Record<string, string>): ResourceSketch => ({
        type,
        name: "grant",
        inputs: { role, member, ...inputs },
    });
    const onProject = (role: string): ResourceSketch =>
        bind("gcp:projects/iAMMember:IAMMember", role, { project: "p" });
    const rows: readonly (readonly [grant: ResourceSketch, gives: readonly string[]])[] = [
        [onProject("roles/secretmanager.secretAccessor"), ["read db"]],
        [onProject("roles/secretmanager.secretVersionAdder"), ["write db"]],
        [
            onProject("roles/secretmanager.secretVersionManager"),
            ["delete db", "list db", "rotate db", "write db"],
        ],
        [onProject("roles/secretmanager.viewer"), ["list db", "list k"]],
        [
            onProject("roles/secretmanager.admin"),
            ["delete db", "grant db", "list db", "read db", "rotate db", "write db"],
        ],
        [onProject("roles/cloudkms.admin"), ["delete k", "grant k", "list k", "rotate k"]],
        [onProject("roles/cloudkms.cryptoKeyEncrypterDecrypter"), ["decrypt k", "encrypt k"]],
        [onProject("roles/resourcemanager.projectIamAdmin"), ["grant db", "grant k"]],
        [onProject("roles/iam.securityAdmin"), ["grant db", "grant k"]],
        [onProject("roles/iam.serviceAccountViewer"), []],
        [
            bind("gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember", "roles/cloudkms.cryptoKeyDecrypter", {
                cryptoKeyId: `${ring}/cryptoKeys/k`,
            }),
            ["decrypt k"],
        ],
        [
            bind("gcp:kms/keyRingIAMMember:KeyRingIAMMember", "roles/cloudkms.cryptoKeyDecrypter", {
                keyRingId: ring,
            }),
            ["decrypt k"],
        ],
        [
            bind("gcp:kms/keyRingIAMMember:KeyRingIAMMember", "roles/cloudkms.cryptoKeyDecrypter", {
                keyRingId: `${ring}2`,
            }),
            [],
        ],
    ];
    for (const [each, gives] of rows)
        it(`${JSON.stringify(each.inputs?.role)} by ${each.type}: ${gives.join(", ") || "nothing"}`, () => {
            assert.deepEqual(abilities([named, cryptoKey, each], member), gives);
        });
});
