import assert from "node:assert/strict";
import type { Reason } from "../../../../components/domain/rotation/stages";
import { transitionBetween } from "../../../../components/domain/rotation/transition";
import { live } from "../../../support/rotating-stack";
import { swap } from "../../../support/rotation-classes";

const { rotationClass } = swap("90 days");
const before = {
    current: live(4, "2026-11-03", { reason: "rollback", reference: "INC-2" }),
    previous: { generation: 5, until: "2026-11-10" },
};
/** The generation that was taken back is used again, which the numbers alone would let pass for a rotation. */
const after = (reason: Reason) => ({
    current: live(5, "2026-11-04", { reason, reference: "OPS-3" }),
    previous: { generation: 4, until: "2026-12-31" },
});
const faults = (reason: Reason) => {
    const transition = transitionBetween(before, after(reason), { rotationClass });
    if (transition.kind !== "step") assert.fail(transition.kind);
    return transition.faults.map(({ message }) => message);
};

describe("the way back to a value that was taken back", () => {
    it("is a rollback, and says so", () => {
        assert.deepEqual(faults("rollback"), []);
    });
    for (const reason of ["request", "offboarding", "compromise"] as const) {
        it(`is refused as a ${reason}`, () => {
            assert.deepEqual(faults(reason), [`the reason of a rollback can't be '${reason}'`]);
        });
    }
});
