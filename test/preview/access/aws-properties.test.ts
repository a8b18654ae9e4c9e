import assert from "node:assert/strict";
import * as fc from "fast-check";

import { accessMatrices, accessMatrix } from "../../../preview/access";
import type { Cell } from "../../../preview/access";
import { rendering } from "../../support/rendering";
import type { ResourceSketch } from "../../support/rendering";
import { grant, key, KEY_ARN, parameter, parameterArn, role, secret, secretArn } from "./cases";

/** Which answers a rendering gives, by the decision. */
function decided(resources: readonly ResourceSketch[], decision: Cell["decision"]): ReadonlySet<string> {
    const { cells } = accessMatrix(rendering({ resources }));
    return new Set(
        cells
            .filter((cell) => cell.decision === decision)
            .map(({ identity, entry, verb }) => `${identity.name} ${verb} ${entry.path}`),
    );
}

const NAMES = ["a/prod/db", "a/prod/db-2", "a/prod-eu/db", "b/prod/db"];
const PATHS = ["/a/prod/x", "/a/prod/y/z"];

const resource = fc.constantFrom(
    "*",
    KEY_ARN,
    `${KEY_ARN.slice(0, 20)}*`,
    secretArn("a/prod/*", ""),
    secretArn("a/prod*", ""),
    ...NAMES.map((name) => secretArn(name)),
    ...PATHS.map(parameterArn),
    parameterArn("/a/*"),
    parameterArn("/a/prod"),
    "arn:aws:iam::222222222222:role/*",
);
const action = fc.constantFrom(
    "*",
    "secretsmanager:*",
    "secretsmanager:Get*",
    "secretsmanager:GetSecretValue",
    "secretsmanager:PutSecretValue",
    "secretsmanager:ListSecrets",
    "secretsmanager:PutResourcePolicy",
    "ssm:GetParameter*",
    "ssm:GetParametersByPath",
    "ssm:PutParameter",
    "kms:Decrypt",
    "kms:*",
    "iam:PutRolePolicy",
    "iam:CreateAccessKey",
    "sts:AssumeRole",
);
const condition = fc.constantFrom(
    undefined,
    { StringEquals: { "aws:PrincipalAccount": "222222222222" } },
    { StringNotEquals: { "aws:PrincipalAccount": "222222222222" } },
    { StringEquals: { "aws:ResourceTag/class": "db" } },
    { StringEquals: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" } },
    { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } },
    { "ForAnyValue:StringEquals": { "secretsmanager:VersionStage": ["AWSCURRENT"] } },
);
const scope = (name: string, one: fc.Arbitrary<string>): fc.Arbitrary<object> =>
    fc
        .tuple(fc.array(one, { minLength: 1, maxLength: 3 }), fc.boolean())
        .map(([list, not]) => ({ [not ? `Not${name}` : name]: list }));
const statement = (Effect: "Allow" | "Deny"): fc.Arbitrary<object> =>
    fc
        .tuple(scope("Action", action), scope("Resource", resource), condition)
        .map(([actions, resources, Condition]) => ({
            Effect,
            ...actions,
            ...resources,
            ...(Condition && { Condition }),
        }));
const statements = fc.array(fc.oneof(statement("Allow"), statement("Deny")), { maxLength: 4 });
const open = fc
    .oneof(statement("Allow"), statement("Deny"))
    .map((each) => ({ ...each, Resource: "*", NotResource: undefined }));

const keyed = secret("a/prod/db", { kmsKeyId: KEY_ARN, tags: { class: "db" } });
const entries = [
    keyed,
    ...NAMES.slice(1).map((name) => secret(name)),
    ...PATHS.map((path) => parameter(path)),
];
const keyPolicy = fc.array(
    fc
        .tuple(
            fc.constantFrom("arn:aws:iam::222222222222:root", "arn:aws:iam::222222222222:role/api", "*"),
            open,
        )
        .map(([AWS, each]) => ({ ...each, Principal: { AWS } })),
    { minLength: 1, maxLength: 3 },
);
const estate = fc
    .tuple(statements, fc.option(keyPolicy, { nil: undefined }), fc.option(statements, { nil: undefined }))
    .map(([own, ofKey, boundary]) => ({
        own,
        resources: [
            ...entries,
            key(ofKey === undefined ? {} : { policy: JSON.stringify({ Statement: ofKey }) }),
            ...(boundary === undefined ? [role()] : [role({ permissionsBoundary: "arn:b" })]),
            ...(boundary === undefined
                ? []
                : [
                      {
                          type: "aws:iam/policy:Policy",
                          name: "b",
                          inputs: { policy: JSON.stringify({ Statement: boundary }) },
                          outputs: { arn: "arn:b" },
                      },
                  ]),
        ],
    }));

describe("properties of the access matrix on AWS", () => {
    it("gives nothing more when a Deny is added", () => {
        fc.assert(
            fc.property(estate, statement("Deny"), ({ own, resources }, deny) => {
                const before = decided([...resources, grant(...own)], "allowed");
                const after = decided([...resources, grant(...own, deny)], "allowed");
                return [...after].every((each) => before.has(each));
            }),
        );
    });

    it("takes nothing away when an Allow is added", () => {
        fc.assert(
            fc.property(estate, statement("Allow"), ({ own, resources }, allow) => {
                const before = decided([...resources, grant(...own)], "allowed");
                const after = decided([...resources, grant(...own, allow)], "allowed");
                return [...before].every((each) => after.has(each));
            }),
        );
    });

    it("gives nothing at all beside a Deny of everything", () => {
        fc.assert(
            fc.property(estate, ({ own, resources }) => {
                const all = { Effect: "Deny", Action: "*", Resource: "*" };
                const after = decided([...resources, grant(...own, all)], "allowed");
                // A key's policy can only be denied by an identity's when it is that identity which asks.
                return [...after].every((each) => !each.startsWith("api "));
            }),
        );
    });

    it("does not depend on the order of statements", () => {
        fc.assert(
            fc.property(estate, ({ own, resources }) => {
                const one = decided([...resources, grant(...own)], "allowed");
                const other = decided([...resources, grant(...[...own].reverse())], "allowed");
                assert.deepEqual([...one].sort(), [...other].sort());
            }),
        );
    });

    it("answers with the index as without it", () => {
        fc.assert(
            fc.property(estate, ({ own, resources }) => {
                const [one, other] = (["indexed", "naive"] as const).map((mode) =>
                    accessMatrices([rendering({ resources: [...resources, grant(...own)] })], mode).flatMap(
                        ({ cells }) =>
                            cells.map(({ identity, entry, verb, decision, by, reason, via }) => [
                                identity.name,
                                entry.path,
                                verb,
                                decision,
                                by,
                                reason,
                                via.length,
                            ]),
                    ),
                );
                assert.deepEqual(one, other);
            }),
            { numRuns: 200 },
        );
    });
});
