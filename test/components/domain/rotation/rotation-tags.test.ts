import assert from "node:assert/strict";
import type { Document } from "../../../../components/domain/catalogue";
import {
    composed,
    external,
    generated,
    hex,
    literal,
    never,
    rotates,
    rotatesOn,
} from "../../../../components/domain/fields";
import { rotationsOf, rotationTags } from "../../../../components/domain/rotation/rotation-tags";
import { overlap, reissue, swap, vendor } from "../../../support/rotation-classes";

describe("what the tags of a document tell of its rotation", () => {
    const cases: [string, Parameters<typeof rotationTags>[0], Record<string, string>][] = [
        ["nothing without fields", [], {}],
        ["nothing of what never changes", [never], {}],
        ["the period", [swap("90 days")], { "rotation-days": "90" }],
        [
            "the longest of several, whatever their order",
            [swap("30 days"), overlap("90 days"), never],
            { "rotation-days": "90" },
        ],
        ["a begun day as a whole one", [swap("36 hours")], { "rotation-days": "2" }],
        [
            "period and events",
            [rotates(vendor, "30 days", "permission change", "compromise")],
            { "rotation-days": "30", "rotates-on": "compromise_permission-change" },
        ],
        [
            "no period while events alone rotate one of them",
            [swap("30 days"), rotatesOn(vendor, "compromise")],
            { "rotates-on": "compromise" },
        ],
    ];
    for (const [title, rotations, tags] of cases) {
        it(title, () => {
            assert.deepEqual(rotationTags(rotations), tags);
        });
    }

    it("are texts that AWS tags, GCP labels and Vault metadata take", () => {
        const all = rotationTags([
            rotates(vendor, "365 days", "compromise", "revocation", "offboarding", "permission change"),
        ]);
        for (const [key, value] of Object.entries(all)) {
            assert.match(key, /^[a-z][a-z-]{0,62}$/);
            assert.match(value, /^[a-z0-9_-]{1,63}$/);
        }
    });
});

describe("the rotations of a document", () => {
    const document = (fields: Document["fields"]): Document => ({
        description: "Made up",
        category: "database",
        holders: ["ada"],
        fields,
    });
    const documents = {
        db: document({
            user: literal("User", "app"),
            password: generated("Password", hex(32), swap("90 days")),
        }),
        urls: document({
            main: composed("URL", "pg://{db.user}:{db.password}@{config.host}/app"),
            copy: composed("The same", "{main}"),
        }),
        vendor: document({ token: external("Token", "vendor", reissue("30 days")) }),
    };

    it("are those of its parts where it is composed, also of other documents", () => {
        assert.deepEqual(rotationTags(rotationsOf("urls", documents)), { "rotation-days": "90" });
    });

    it("are its own alone otherwise", () => {
        assert.deepEqual(rotationTags(rotationsOf("vendor", documents)), { "rotation-days": "30" });
        assert.deepEqual(rotationsOf("none", documents), []);
    });
});
