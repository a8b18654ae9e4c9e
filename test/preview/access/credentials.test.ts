import assert from "node:assert/strict";

import { accessMatrix } from "../../../preview/access";
import { rendering, urnOf } from "../../support/rendering";
import type { ResourceSketch } from "../../support/rendering";
import { abilities, allow, grant, kubernetes, role, rule, secret, secretArn } from "./cases";

const DB = "estuary/prod/db";
const ACCOUNT = "222222222222";

describe("becoming somebody by what a document holds", () => {
    const parent = urnOf("strongroom:secrets:Document", "estuary/s3");
    const user: ResourceSketch = {
        type: "aws:iam/user:User",
        name: "s3",
        inputs: { name: "s3" },
        outputs: { arn: `arn:aws:iam::${ACCOUNT}:user/s3` },
    };
    const accessKey: ResourceSketch = {
        type: "aws:iam/accessKey:AccessKey",
        name: "k",
        inputs: { user: "s3" },
    };
    const document: ResourceSketch = {
        type: "strongroom:secrets:Document",
        name: "estuary/s3",
        inputs: { store: "aws-secrets-manager", path: "estuary/prod/s3" },
    };
    const policy: ResourceSketch = {
        type: "aws:iam/userPolicy:UserPolicy",
        name: "u",
        inputs: { user: "s3", policy: JSON.stringify({ Statement: allow(secretArn(DB)) }) },
    };

    it("gives whoever reads an access key what its user may", () => {
        const all = [
            document,
            secret("estuary/prod/s3"),
            secret(DB),
            user,
            { ...accessKey, parent },
            policy,
            role(),
            grant(allow(secretArn("estuary/prod/s3"))),
        ];
        assert.deepEqual(abilities(all, "api"), [`read ${DB} as s3`, "read estuary/prod/s3"]);
    });

    it("refuses a key that no document holds", () => {
        const { findings } = accessMatrix(rendering({ resources: [user, accessKey] }));
        assert.deepEqual(
            findings.map(({ kind, place }) => `${kind}: ${place}`),
            ["not-evaluated: aws:iam/accessKey:AccessKey 'k'"],
        );
    });

    it("gives whoever reads the token of a service account what that one may", () => {
        const NS = "n";
        const token = {
            ...kubernetes("Secret", "token", NS, {}),
            inputs: {
                metadata: {
                    name: "token",
                    namespace: NS,
                    annotations: { "kubernetes.io/service-account.name": "admin" },
                },
            },
        };
        const read = (name: string, account: string): ResourceSketch[] => [
            kubernetes("ServiceAccount", account, NS, {}),
            kubernetes("Role", account, NS, { rules: [rule(["get"], { resourceNames: [name] })] }),
            kubernetes("RoleBinding", account, NS, {
                roleRef: { kind: "Role", name: account },
                subjects: [{ kind: "ServiceAccount", name: account, namespace: NS }],
            }),
        ];
        const all = [
            token,
            kubernetes("Secret", "db", NS, {}),
            ...read("token", "api"),
            ...read("db", "admin"),
        ];
        assert.deepEqual(abilities(all, "n/api"), ["read n/db as n/admin", "read n/token"]);
    });
});
