import assert from "node:assert/strict";

import fc from "fast-check";

import { accessMatrix, accessText } from "../../../preview/access";
import { Secret } from "../../../preview/engine/values";
import { goldenText } from "../../../preview/golden";
import { printReport, Redactor, toJson } from "../../../preview/report";
import type { Rendering } from "../../../preview/rendering";
import { CANARY, estuary } from "../../support/estuary";
import { rendering } from "../../support/rendering";

/** Everything that the preview prints or writes of a rendering. */
function everything(one: Rendering): string {
    return [
        printReport([one]),
        printReport([one], { tree: "full", color: true, columns: 80 }),
        JSON.stringify(toJson([one])),
        JSON.stringify(toJson([one]), null, 2),
        goldenText(one),
        accessText(accessMatrix(one)),
    ].join("\n");
}

const forms = (value: string): readonly string[] => [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    Buffer.from(value).toString("base64"),
    Buffer.from(value).toString("hex"),
];

const message = `it drew ${CANARY}, in JSON ${JSON.stringify({ CANARY })}, in an address ${encodeURIComponent(CANARY)}`;
const told = `${message} and ${Buffer.from(`user:${CANARY}`).toString("base64")}`;

describe("a canary among the values", () => {
    const one = estuary({
        outputs: { url: new Secret(`https://${CANARY}@db`), plain: [new Secret(CANARY)] },
        violations: [{ pack: "p", policy: "q", level: "mandatory", description: "d", message: told }],
        diagnostics: [{ severity: "error", message: told }],
        resources: [
            // Left unmarked by mistake: the report is no place to find out.
            {
                type: "kubernetes:core/v1:Secret",
                name: "leak",
                inputs: { data: { key: CANARY, in: `a ${CANARY} b` } },
            },
        ],
    });

    for (const [index, form] of forms(CANARY).entries()) {
        it(`shows in nothing that is printed or written, form ${index + 1} of ${forms(CANARY).length}`, () => {
            assert.ok(!everything(one).includes(form));
        });
    }

    it("shows at no place within base64", () => {
        const text = everything(one);
        for (const offset of [0, 1, 2]) {
            const whole = Buffer.from("u".repeat(offset) + CANARY).toString("base64");
            assert.ok(!text.includes(whole.slice(4, -4)));
        }
    });

    it("keeps the sentence around it", () => {
        assert.match(new Redactor([one]).message(`it drew ${CANARY}, sadly`), /^it drew \[secret\], sadly$/u);
    });

    it("does not mask a name that is also a secret value", () => {
        const named = estuary({ outputs: { user: new Secret("estuary") } });
        assert.equal(new Redactor([named]).message("estuary failed"), "estuary failed");
    });
});

describe("masking", () => {
    it("leaves no secret of six characters or more in a message", () => {
        fc.assert(
            fc.property(
                fc.array(fc.string({ minLength: 6 }), { minLength: 1 }),
                fc.string(),
                (secrets, around) => {
                    const outputs = Object.fromEntries(
                        secrets.map((secret, index) => [`o${index}`, new Secret(secret)]),
                    );
                    const redactor = new Redactor([rendering({ outputs })]);
                    const urn = rendering().resources[0]?.urn ?? "";
                    for (const secret of secrets.filter(
                        (each) => !urn.includes(each) && !"[secret]".includes(each),
                    )) {
                        assert.ok(!redactor.message(`${around}${secret}${around}`).includes(secret));
                    }
                },
            ),
        );
    });
});
