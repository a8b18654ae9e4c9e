import assert from "node:assert/strict";

import { catalogue } from "../../../stacks/catalogue";
import { reviewOf } from "../../../review/meaning";
import { snapshotOf } from "../../support/snapshots";
import { renderings } from "../../support/renderings";

const sides = { base: { name: "main" }, head: { name: "working tree" }, notes: [], catalogue };

describe("a review of a commit against itself", () => {
    it("says that nothing changes", async () => {
        const snapshot = snapshotOf(await renderings());
        const review = reviewOf(snapshot, snapshot, sides);
        for (const stack of review.stacks) {
            const { resources, documents, fields, rotations, access, workloads } = stack;
            assert.deepEqual(
                { resources, documents, fields, rotations, access, workloads },
                {
                    resources: [],
                    documents: [],
                    fields: [],
                    rotations: [],
                    access: [],
                    workloads: [],
                },
            );
        }
    });
});
