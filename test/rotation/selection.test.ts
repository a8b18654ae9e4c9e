import assert from "node:assert/strict";
import { ETCD_FIELD, ETCD_ROTATION } from "../../components/domain/encryption-key";
import { fieldsHeldBy, fieldsNamed, fieldsOfMode, MODES, type Mode } from "../../rotation/selection";
import { catalogue } from "../../stacks/catalogue";
import { firstLedger, rotatingStack, shopCatalogue } from "../support/rotating-stack";

const stack = rotatingStack("dev", firstLedger("2026-09-01"));

describe("the fields that a person named", () => {
    const named = (name: string) => fieldsNamed(name, stack, shopCatalogue, "rotate x");

    for (const [name, fields] of [
        ["shop/db.password", ["shop/db.password"]],
        ["shop/urls.url", ["shop/db.password"]],
        ["shop/s3.secret", ["shop/s3.id"]],
    ] as const) {
        it(`are ${fields.join()} for ${name}`, () => {
            assert.deepEqual(named(name), { fields, problems: [] });
        });
    }

    for (const [title, name, message, fix] of [
        ["a typo", "shop/db.pasword", /no field 'shop\/db\.pasword'/, /Did you mean 'shop\/db\.password'\?/],
        ["a variable", "JWT_KEY", /no field/, /the variable of 'shop\/jwt\.key'/],
        ["nothing near", "x", /no field/, /Choose one of/],
    ] as const) {
        it(`are none for ${title}`, () => {
            const { fields, problems } = named(name);
            assert.deepEqual(fields, []);
            assert.match(problems[0]!.message, message);
            assert.match(problems[0]!.fix!, fix);
        });
    }
});

describe("the fields that somebody has seen", () => {
    const heldBy = (holder: string) => fieldsHeldBy(holder, stack, shopCatalogue, "rotate offboard");

    for (const [holder, fields] of [
        ["ada", ["shop/db.password", "shop/jwt.key", "shop/s3.id"]],
        ["grace", ["shop/db.password", "shop/vendor.token"]],
        ["edsger", ["shop/jwt.key", "shop/data.key"]],
    ] as const) {
        it(`are exactly those of ${holder}, with the parts of composed ones`, () => {
            assert.deepEqual(heldBy(holder), { fields, problems: [] });
        });
    }

    it("are the etcd key for who answers for it", () => {
        const fields = new Map([
            ...stack.fields,
            [ETCD_FIELD, { ...ETCD_ROTATION, isText: false, isOurs: true }],
        ]);
        const found = fieldsHeldBy("security", { ...stack, fields }, shopCatalogue, "rotate offboard");
        assert.deepEqual(found, { fields: [ETCD_FIELD], problems: [] });
    });

    it("are asked for by name", () => {
        const { fields, problems } = heldBy("grase");
        assert.deepEqual(fields, []);
        assert.deepEqual(problems, [
            {
                place: "rotate offboard",
                message: "nobody called 'grase' holds a secret",
                fix: "Did you mean 'grace'?",
            },
        ]);
    });
});

describe("a mode", () => {
    const ids: Record<Mode, readonly string[]> = {
        all: ["shop/db.password", "shop/jwt.key", "shop/data.key", "shop/s3.id", "shop/vendor.token"],
        symmetric: ["shop/jwt.key", "shop/data.key"],
        "api-keys": ["shop/vendor.token"],
        database: ["shop/db.password"],
    };
    for (const mode of Object.keys(MODES) as Mode[]) {
        it(`'${mode}' is ${String(ids[mode].length)} fields`, () => {
            assert.deepEqual(fieldsOfMode(mode, stack, shopCatalogue), ids[mode]);
        });
    }

    it("finds something of the real platforms", () => {
        const real = rotatingStack("dev", {}, {}, catalogue);
        for (const mode of Object.keys(MODES) as Mode[])
            assert.ok(fieldsOfMode(mode, real, catalogue).length > 2, mode);
    });
});
