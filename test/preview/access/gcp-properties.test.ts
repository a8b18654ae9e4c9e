import assert from "node:assert/strict";
import * as fc from "fast-check";

import { accessMatrix } from "../../../preview/access";
import { rendering } from "../../support/rendering";
import type { ResourceSketch } from "../../support/rendering";

describe("properties of the access matrix on GCP", () => {
    const projects = ["p", "p-eu"] as const;
    const email = "a@p.iam.gserviceaccount.com";
    const secretOf = (project: string, secretId: string): ResourceSketch => ({
        type: "gcp:secretmanager/secret:Secret",
        name: `${project}-${secretId}`,
        inputs: { project, secretId },
    });
    const all = projects.flatMap((project) => ["s1", "s2"].map((id) => secretOf(project, id)));
    const account: ResourceSketch = {
        type: "gcp:serviceaccount/account:Account",
        name: "a",
        inputs: { accountId: "a", project: "p" },
        outputs: { email },
    };
    const bind = (
        project: string,
        role: string,
        secretId: string | undefined,
        at: number,
    ): ResourceSketch => ({
        type:
            secretId === undefined
                ? "gcp:projects/iAMMember:IAMMember"
                : "gcp:secretmanager/secretIamMember:SecretIamMember",
        name: `g${at}`,
        inputs: { project, role, member: `serviceAccount:${email}`, ...(secretId && { secretId }) },
    });
    const ROLES: Readonly<Record<string, readonly string[]>> = {
        "roles/secretmanager.secretAccessor": ["read"],
        "roles/secretmanager.secretVersionAdder": ["write"],
        "roles/secretmanager.viewer": ["list"],
        "roles/pubsub.publisher": [],
    };

    it("hands a binding on a project down to each of its secrets, and to no other's", () => {
        const binding = fc.tuple(
            fc.constantFrom(...projects),
            fc.constantFrom(...Object.keys(ROLES)),
            fc.constantFrom(undefined, "s1", "s2"),
        );
        fc.assert(
            fc.property(fc.array(binding, { maxLength: 5 }), (some) => {
                const wanted = new Set(
                    some.flatMap(([project, role, id]) =>
                        (id === undefined ? ["s1", "s2"] : [id]).flatMap((each) =>
                            (ROLES[role] ?? []).map((verb) => `${verb} ${project} ${each}`),
                        ),
                    ),
                );
                const grants = some.map(([project, role, id], at) => bind(project, role, id, at));
                const { cells } = accessMatrix(rendering({ resources: [...all, account, ...grants] }));
                const actual = cells.map(({ verb, entry }) => `${verb} ${entry.realm ?? ""} ${entry.path}`);
                assert.deepEqual(actual.sort(), [...wanted].sort());
            }),
        );
    });
});
