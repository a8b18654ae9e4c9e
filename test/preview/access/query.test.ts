import assert from "node:assert/strict";

import { accessMatrices } from "../../../preview/access";
import { ask } from "../../../preview/access/query";
import type { AccessQuery } from "../../../preview/access/query";
import { accessAnswersJson, accessAnswersText } from "../../../preview/report/access-answers";
import { rendering } from "../../support/rendering";
import { allow, grant, kubernetes, role, secret, secretArn } from "./cases";

const DB = "estuary/prod/db";
const matrices = accessMatrices([
    rendering({
        resources: [
            secret(DB),
            secret("estuary/prod/jwt"),
            role(),
            grant(allow(secretArn(DB))),
            kubernetes("ServiceAccount", "api", "estuary-prod", {}),
            {
                type: "strongroom:secrets:Document",
                name: "estuary/db",
                inputs: { store: "aws-secrets-manager", path: DB },
            },
        ],
    }),
]);

/** The text without its findings: what they are is tested elsewhere. */
function text(query: AccessQuery): string {
    const asked = ask(matrices, query);
    assert.ok("answers" in asked);
    return accessAnswersText(
        asked.answers.map((each) => ({ ...each, matrix: { ...each.matrix, findings: [] } })),
    );
}

describe("questions to the access matrix", () => {
    it("tells who may do one thing with a document, by its id or its path", () => {
        const expected = [
            "── prod: 2 answers with yes, of 2 questions",
            "",
            "aws-secrets-manager 222222222222 estuary/prod/db = estuary/db",
            "    read: role api, by read[0]",
            "    read: service account estuary-prod/api on default as role api, by read[0]",
            "",
        ].join("\n");
        assert.equal(text({ document: "estuary/db", verb: "read" }), expected);
        assert.equal(text({ document: DB, verb: "read" }), expected);
    });

    it("tells that nobody may", () => {
        assert.match(text({ document: "estuary/prod/jwt", verb: "delete" }), /^ {4}delete: nobody$/mu);
    });

    it("tells what one identity may, whom it becomes and who becomes it", () => {
        const told = text({ identity: "api" });
        assert.match(told, /^ {4}read: role api, by read\[0\]$/mu);
        assert.match(told, /service account estuary-prod\/api on default can become role api by api\[0\]/u);
        assert.doesNotMatch(told, /jwt|nobody/u);
        assert.equal(text({ identity: "api@222222222222" }), told);
    });

    it("says the same to programs", () => {
        const asked = ask(matrices, { identity: "estuary-prod/api", verb: "read" });
        assert.ok("answers" in asked);
        const { stacks } = accessAnswersJson(asked.answers) as {
            stacks: { answers: unknown[]; questions: number }[];
        };
        assert.equal(stacks[0]?.questions, 2);
        assert.deepEqual(stacks[0].answers, [
            {
                identity: {
                    system: "kubernetes",
                    kind: "service account",
                    name: "estuary-prod/api",
                    realm: "default",
                },
                verb: "read",
                store: "aws-secrets-manager",
                realm: "222222222222",
                path: DB,
                decision: "allowed",
                via: [{ system: "aws", kind: "role", name: "api", realm: "222222222222" }],
                by: ["read[0]"],
            },
        ]);
    });

    it("refuses every name that there is not, with the one that was meant", () => {
        const asked = ask(matrices, { identity: "apo", document: "estuary/bd", verb: "reed" });
        assert.ok("problems" in asked);
        assert.deepEqual(
            asked.problems.map(({ place, fix }) => `${place}: ${fix ?? ""}`),
            [
                "--identity apo: Did you mean 'api'?",
                "--document estuary/bd: Did you mean 'estuary/db'?",
                "--verb reed: Did you mean 'read'?",
            ],
        );
    });
});
