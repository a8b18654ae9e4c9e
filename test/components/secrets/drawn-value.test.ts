import assert from "node:assert/strict";
import fc from "fast-check";
import { base64, base64url, fernet, hex, password, uuid } from "../../../components/domain/fields";
import type { GeneratedForm } from "../../../components/domain/catalogue";
import { drawArgs, writeForm } from "../../../components/secrets/drawn-value";

type BytesForm = Exclude<GeneratedForm, { form: "password" }>;

/** Hexadecimal text of the length that a form draws. */
const drawnFor = (form: BytesForm) => {
    const length = drawArgs(form).length as number;
    return fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
};

describe("a drawn value", () => {
    it("is drawn as letters and digits, or as hexadecimal digits of the bytes it needs", () => {
        assert.deepEqual(drawArgs(password(32)), {
            length: 32,
            special: false,
            keepers: { form: "password" },
        });
        assert.deepEqual(drawArgs(hex(32)), {
            keepers: { form: "hex" },
            length: 64,
            lower: false,
            upper: false,
            numeric: false,
            special: true,
            overrideSpecial: "0123456789abcdef",
        });
        assert.equal(drawArgs(fernet).length, 64);
        assert.equal(drawArgs(uuid).length, 32);
    });

    const decoders: [BytesForm, (text: string) => Buffer][] = [
        [hex(16) as BytesForm, (text) => Buffer.from(text, "hex")],
        [base64(24) as BytesForm, (text) => Buffer.from(text, "base64")],
        [base64url(32) as BytesForm, (text) => Buffer.from(text, "base64url")],
        [fernet as BytesForm, (text) => Buffer.from(text, "base64url")],
    ];
    for (const [form, decode] of decoders) {
        it(`keeps every drawn bit in the form ${form.form}`, () => {
            fc.assert(
                fc.property(drawnFor(form), (drawn) => {
                    assert.equal(decode(writeForm(drawn, form.form)).toString("hex"), drawn);
                }),
            );
        });
    }

    it("is a Fernet key: 44 characters of URL-safe base64 with padding", () => {
        fc.assert(
            fc.property(drawnFor(fernet as BytesForm), (drawn) => {
                assert.match(writeForm(drawn, "fernet"), /^[A-Za-z0-9_-]{43}=$/);
            }),
        );
    });

    it("is a UUID of version 4", () => {
        const version4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
        fc.assert(
            fc.property(drawnFor(uuid as BytesForm), (drawn) => {
                assert.match(writeForm(drawn, "uuid"), version4);
            }),
        );
    });
});
