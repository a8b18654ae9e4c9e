import assert from "node:assert/strict";
import fc from "fast-check";
import { base64, base64url, fernet, hex, password, uuid } from "../../../components/domain/fields";
import { formFault } from "../../../components/domain/form-faults";
import type { GeneratedForm } from "../../../components/domain/catalogue";
import { writeForm } from "../../../components/secrets/drawn-value";
import { isPlainAddress, PORT, shapeFault } from "../../../components/domain/value-shape";
import type { ValueShape } from "../../../components/domain/value-shape";

const TOKEN: ValueShape = { is: "token", begins: ["gho_", "ghp_"] };

/** Does not prove: that a value works; an address that nobody answers has the form of one. */
describe("the shape of a value", () => {
    const cases: readonly (readonly [ValueShape, fits: readonly string[], not: readonly string[]])[] = [
        [PORT, ["1", "80", "65535"], ["0", "65536", "-1", "8e1", "80 ", "", "eighty", "1e400", "0x50"]],
        [{ is: "boolean" }, ["true", "false"], ["True", "1", "yes", "on", ""]],
        [
            { is: "url" },
            ["https://a.b/c?d", "http://localhost:9000"],
            ["a.b", "ftp://a.b", "https://", "https://a b", ""],
        ],
        [{ is: "urls" }, ["https://a.b", "https://a.b, http://c"], ["https://a.b,", "*", ""]],
        [
            { is: "dsn" },
            ["https://k@sentry.io/1", "https://k@o1.ingest.sentry.io/x/42"],
            ["https://sentry.io/1", "https://k@sentry.io/", "k"],
        ],
        [
            { is: "host" },
            ["a", "a-b.c.d", "127.0.0.1"],
            ["https://a", "a:80", "a/b", "a_b", "-a", "a..b", ""],
        ],
        [{ is: "choice", of: ["a", "b"] }, ["a", "b"], ["A", "c", ""]],
        [TOKEN, ["gho_x", "ghp_1"], ["gho_", "xgho_1", ""]],
    ];
    for (const [shape, fits, not] of cases) {
        it(`of '${shape.is}' fits what is one, and nothing else`, () => {
            for (const value of fits) assert.equal(shapeFault(value, shape), undefined, value);
            for (const value of not) assert.ok(shapeFault(value, shape) !== undefined, value);
        });
    }

    it("is told without the value", () => {
        const shapes = cases.map(([shape]) => shape);
        fc.assert(
            fc.property(fc.constantFrom(...shapes), fc.stringMatching(/^[ -~]{8,40}$/), (shape, value) => {
                assert.ok(!shapeFault(value, shape)?.includes(value));
            }),
        );
    });

    it("tells addresses that go in plain text", () => {
        const urls: ValueShape = { is: "urls" };
        assert.equal(isPlainAddress("https://a, http://b", urls), true);
        assert.equal(isPlainAddress("https://a,https://b", urls), false);
        assert.equal(isPlainAddress("http://a", { is: "host" }), false);
    });
});

describe("the form of a value that is drawn by hand", () => {
    const forms: readonly (readonly [GeneratedForm, bytes: number])[] = [
        [hex(32), 32],
        [base64(16), 16],
        [base64(32), 32],
        [base64url(32), 32],
        [fernet, 32],
        [uuid, 16],
    ];
    for (const [form, bytes] of forms)
        it(`${JSON.stringify(form)} is the one that the stack draws, and none that is a byte shorter`, () => {
            fc.assert(
                fc.property(fc.uint8Array({ minLength: bytes, maxLength: bytes }), (drawn) => {
                    const text = Buffer.from(drawn).toString("hex");
                    assert.equal(formFault(writeForm(text, form.form), form), undefined);
                    if (form.form === "uuid") return;
                    assert.ok(formFault(writeForm(text.slice(2), form.form), form) !== undefined);
                }),
            );
        });

    it("is the length, for a password", () => {
        assert.equal(formFault("x".repeat(32), password(32)), undefined);
        assert.equal(formFault("x".repeat(31), password(32)), "is shorter than 32 characters");
    });
});
