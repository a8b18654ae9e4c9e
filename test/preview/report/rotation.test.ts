import assert from "node:assert/strict";
import { printReport } from "../../../preview/report";
import { verdict } from "../../../preview/report/verdict";
import { rendering } from "../../support/rendering";

const steps = [
    {
        field: "shop/jwt.key",
        what: "generation 3 is announced",
        why: "request, T-1",
        oldValue: "stays in use",
    },
];
const refused = [
    { place: "ledger/prod.yaml: shop/db.password", message: "it is a leap", fix: "Take one step" },
];

describe("what rotates since another commit", () => {
    it("is told with why, and with what becomes of the old value", () => {
        const text = printReport([{ ...rendering(), rotation: { base: "origin/main", steps, refused: [] } }]);
        assert.match(
            text,
            /Rotation since origin\/main\n {2}shop\/jwt\.key generation 3 is announced \(request, T-1\); the old\n? *value stays in use/,
        );
    });

    it("violates the preview where a step is refused, with the safe way", () => {
        const rotating = { ...rendering(), rotation: { base: "origin/main", steps: [], refused } };
        assert.equal(verdict([rotating]), "violated");
        const text = printReport([rotating]);
        assert.match(
            text,
            /refused ledger\/prod\.yaml: shop\/db\.password: it is a leap\.\n +Take one step\./,
        );
        assert.match(text, /1 refused step: violated/);
    });

    it("is nothing when nothing changed, and is not told unless it was asked for", () => {
        const quiet = { ...rendering(), rotation: { base: "HEAD", steps: [], refused: [] } };
        assert.match(printReport([quiet]), /Rotation since HEAD\n {2}nothing rotates/);
        assert.equal(verdict([quiet]), "clean");
        assert.doesNotMatch(printReport([rendering()]), /Rotation since/);
    });
});
