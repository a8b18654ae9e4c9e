import assert from "node:assert/strict";
import fc from "fast-check";
import { MANAGED_POLICY_CHARS_MAX, policyDocuments } from "../../../components/access/policy-documents";
import type { PolicyStatement } from "../../../components/access/policy-documents";

const statement = (sid: string, resources: readonly string[]): PolicyStatement => ({
    Sid: sid,
    Effect: "Allow",
    Action: ["secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
    Resource: resources,
});
const arns = (count: number): string[] =>
    Array.from(
        { length: count },
        (_, at) =>
            `arn:aws:secretsmanager:us-east-1:210987654321:secret:shop/prod/document${String(at)}-??????`,
    );
const granted = (documents: readonly string[]): string[] =>
    documents.flatMap((document) =>
        (JSON.parse(document) as { Statement: PolicyStatement[] }).Statement.flatMap(({ Sid, Resource }) =>
            Resource.map((resource) => `${Sid} ${resource}`),
        ),
    );

describe("policies that are split", () => {
    it("are one where all fits, with the statements as they are", () => {
        const statements = [statement("A", arns(3)), statement("B", arns(2))];
        const documents = policyDocuments(statements);
        assert.equal(documents.length, 1);
        assert.deepEqual(JSON.parse(documents[0] ?? ""), { Version: "2012-10-17", Statement: statements });
    });

    it("grant each resource once and in order, and none is longer than IAM takes", () => {
        fc.assert(
            fc.property(fc.array(fc.nat(150), { maxLength: 5 }), (counts) => {
                const statements = counts.map((count, at) => statement(`S${String(at)}`, arns(count)));
                const documents = policyDocuments(statements);
                for (const document of documents) assert.ok(document.length <= MANAGED_POLICY_CHARS_MAX);
                const wanted = statements.flatMap(({ Sid, Resource }) =>
                    Resource.map((resource) => `${Sid} ${resource}`),
                );
                assert.deepEqual(granted(documents), wanted);
            }),
            { numRuns: 50 },
        );
    });

    it("grow with what is granted, and no faster", () => {
        const lengthOf = (count: number): number => policyDocuments([statement("A", arns(count))]).length;
        assert.equal(lengthOf(0), 0);
        assert.deepEqual([lengthOf(60), lengthOf(600), lengthOf(1200)], [1, 9, 17]);
    });

    it("refuse a statement that is too long by itself", () => {
        assert.throws(() => policyDocuments([statement("A", arns(1))], 100), RangeError);
    });
});
