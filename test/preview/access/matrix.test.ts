import assert from "node:assert/strict";

import { accessMatrix, accessText } from "../../../preview/access";
import { rendering, urnOf } from "../../support/rendering";
import type { ResourceSketch } from "../../support/rendering";
import { allow, grant, kubernetes, parameter, parameterArn, role, rule, secret, secretArn } from "./cases";

const document = (name: string, store = "aws-secrets-manager"): ResourceSketch => ({
    type: "strongroom:secrets:Document",
    name: `estuary/${name}`,
    inputs: { platform: "estuary", document: name, store, path: `estuary/prod/${name}`, fields: {} },
});
const consumer = (...reads: readonly string[]): ResourceSketch => ({
    type: "strongroom:delivery:Consumer",
    name: "estuary/api",
    inputs: { platform: "estuary", consumer: "api", namespace: "estuary-prod", serviceAccount: "api", reads },
});
const findings = (...resources: readonly ResourceSketch[]): readonly string[] =>
    accessMatrix(rendering({ resources })).findings.map(({ kind, message }) => `${kind}: ${message}`);

const two = [document("db"), document("jwt"), secret("estuary/prod/db"), secret("estuary/prod/jwt"), role()];
const readDb = grant(allow(secretArn("estuary/prod/db")));

describe("findings of the access matrix", () => {
    it("has none where consumers may read exactly what they declare", () => {
        assert.deepEqual(findings(...two, consumer("estuary/db"), readDb), []);
    });

    it("names a declared reader that can't read", () => {
        assert.deepEqual(findings(...two, consumer("estuary/db", "estuary/jwt"), readDb), [
            "cannot-read: estuary/api declares that it reads estuary/jwt and cannot read estuary/prod/jwt: no statement allows it",
        ]);
        assert.deepEqual(findings(document("db"), secret("estuary/prod/db"), consumer("estuary/db")), [
            "cannot-read: estuary/api declares that it reads estuary/db and cannot read estuary/prod/db: it has no aws identity",
        ]);
    });

    it("names a reader that nobody declared", () => {
        assert.deepEqual(findings(...two, consumer("estuary/db"), grant(allow("*"))), [
            "undeclared-read: api may read estuary/prod/jwt, and nobody declares that it reads estuary/jwt",
        ]);
        assert.deepEqual(
            findings(...two, secret("other"), consumer("estuary/db", "estuary/jwt"), grant(allow("*"))),
            ["undeclared-read: api may read other, and no document stands behind it"],
        );
    });

    it("has none for plain configuration, nor for a Secret that a consumer's component makes for it", () => {
        const value = parameter("/estuary/prod/region");
        const read = grant(allow(parameterArn("/estuary/prod/region"), { Action: "ssm:GetParameter" }));
        assert.deepEqual(findings(value, role(), read), []);
        const parent = urnOf("strongroom:delivery:Consumer", "estuary/api");
        const own = { ...kubernetes("Secret", "config", "estuary-prod", {}), parent };
        const subjects = [{ kind: "ServiceAccount", name: "api", namespace: "estuary-prod" }];
        const rbac = [
            kubernetes("Role", "r", "estuary-prod", {
                rules: [rule(["get"], { resourceNames: ["config"] })],
            }),
            kubernetes("RoleBinding", "r", "estuary-prod", {
                roleRef: { kind: "Role", name: "r" },
                subjects,
            }),
        ];
        assert.deepEqual(findings(consumer(), own, ...rbac), []);
        const somebodyElses = kubernetes("Secret", "config", "estuary-prod", {});
        assert.equal(findings(consumer(), somebodyElses, ...rbac).length, 1);
    });

    it("names a reader that could not be decided", () => {
        const condition = { Condition: { StringEquals: { "aws:SourceVpce": "x" } } };
        const doubtful = grant(allow(secretArn("estuary/prod/db"), condition));
        const reason = "condition key 'aws:SourceVpce' is not known before a request";
        assert.deepEqual(findings(...two, consumer("estuary/db"), doubtful), [
            `undecided: api may be able to read estuary/prod/db (${reason})`,
            `undecided: estuary/api declares that it reads estuary/db and may be unable to read estuary/prod/db: ${reason}`,
        ]);
    });
});

describe("the access matrix as text", () => {
    it("has a paragraph an entry and a line a verb, without columns", () => {
        const idle: ResourceSketch = { type: "aws:iam/role:Role", name: "idle", inputs: { name: "idle" } };
        const matrix = accessMatrix(rendering({ resources: [...two, idle, consumer("estuary/db"), readDb] }));
        assert.equal(
            accessText(matrix),
            [
                "Who may do what with the entries of prod: who is not listed may not.",
                "3 identities (2 of it, 0 of other stacks, 1 that only a grant names), 2 entries, 36 questions: 2 allowed, 34 denied, 0 undecided.",
                "6 evaluated statement by statement; the others are about entries that no statement for the identity reaches, or a store where it is nobody.",
                "No other stack was asked.",
                "",
                "Who may become whom:",
                "    role api",
                "        <- service account estuary-prod/api by api[0]",
                "",
                "== aws-secrets-manager, 222222222222",
                "",
                "estuary/prod/db = estuary/db",
                "    read",
                "        role api by read[0]",
                "            <- service account estuary-prod/api",
                "    nobody: list, write, rotate, delete, grant",
                "",
                "estuary/prod/jwt = estuary/jwt",
                "    nobody: read, list, write, rotate, delete, grant",
                "",
                "Identities that may do nothing here:",
                "    role idle",
                "",
            ].join("\n"),
        );
    });

    it("does not depend on the order of registration", () => {
        const resources = [...two, consumer("estuary/db"), readDb];
        const text = (some: readonly ResourceSketch[]): string =>
            accessText(accessMatrix(rendering({ resources: some })));
        assert.equal(text([...resources].reverse()), text(resources));
    });

    it("is empty, not wrong, for an empty stack", () => {
        assert.equal(accessMatrix(rendering()).cells.length, 0);
    });
});

describe("the time of the access matrix", () => {
    // Shows the growth, not a promise: a quadratic evaluation takes many times as long.
    it("is below five seconds for 3,000,000 questions about 5,000 documents and 100 identities", () => {
        const names = Array.from({ length: 5000 }, (_, index) => `estuary/prod/d${index}`);
        const statement = (of: number): object =>
            allow(names.filter((_, at) => at % 100 === of).map((name) => secretArn(name)));
        const roles = Array.from({ length: 100 }, (_, index): ResourceSketch[] => [
            {
                type: "aws:iam/role:Role",
                name: `r${index}`,
                inputs: { name: `r${index}` },
                outputs: { arn: `arn:r${index}` },
            },
            { ...grant(statement(index)), name: `g${index}` },
        ]).flat();
        const grants = roles.map((each) =>
            each.inputs?.role === undefined
                ? each
                : { ...each, inputs: { ...each.inputs, role: each.name.replace("g", "r") } },
        );
        const big = rendering({ resources: [...names.map((name) => secret(name)), ...grants] });
        const before = performance.now();
        const matrix = accessMatrix(big);
        assert.ok(performance.now() - before < 5000, `${Math.round(performance.now() - before)} ms`);
        assert.equal(matrix.questions.asked, 3_000_000);
        assert.equal(matrix.questions.allowed, 5000);
    });
});
