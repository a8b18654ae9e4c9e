import assert from "node:assert/strict";
import { ledgerFields, readLedger } from "../../../../components/domain/rotation/ledger";
import type { LedgerField } from "../../../../components/domain/rotation/ledger";
import { liveStages, stagedField } from "../../../../components/domain/rotation/stages";
import { catalogue } from "../../../../stacks/catalogue";
import { account, signingKey } from "../../../support/rotation-classes";

const drawn = new Map<string, LedgerField>([
    ["shop/jwt.key", { rotationClass: signingKey, isText: false, isOurs: true }],
    ["shop/db.password", { rotationClass: account, isText: false, isOurs: true }],
    ["shop/token.value", { rotationClass: account, isText: true, isOurs: true }],
]);
const initial = (generation: number) => ({ generation, since: "2026-09-01", reason: "initial" });
const previous = (generation: number) => ({ generation, until: "2026-11-30" });
const complete = {
    "shop/jwt.key": { next: initial(5), current: initial(4) },
    "shop/db.password": { current: initial(2), previous: previous(1) },
    "shop/token.value": { current: initial(1) },
};

describe("a ledger", () => {
    it("gives the live generations of each field", () => {
        const { ledger, problems } = readLedger(complete, drawn, "ledger.yaml");
        assert.deepEqual(problems, []);
        assert.deepEqual(liveStages(ledger["shop/jwt.key"]!), [
            { stage: "next", generation: 5 },
            { stage: "current", generation: 4 },
        ]);
    });

    const cases: [string, Record<string, unknown>, string, RegExp][] = [
        [
            "an unknown field",
            { "shop/jwt.kye": { current: initial(1) } },
            "shop/jwt.kye",
            /no rotating field/,
        ],
        [
            "a key that is none",
            { "shop/jwt.key": { curent: initial(1) } },
            "shop/jwt.key.curent",
            /no such key/,
        ],
        ["no current", { "shop/jwt.key": { next: initial(1) } }, "shop/jwt.key.current", /missing/],
        [
            "generation 0",
            { "shop/jwt.key": { current: initial(0) } },
            "shop/jwt.key.current.generation",
            /whole number/,
        ],
        [
            "generation -1",
            { "shop/jwt.key": { current: initial(-1) } },
            "shop/jwt.key.current.generation",
            /whole/,
        ],
        [
            "generation 1.5",
            { "shop/jwt.key": { current: initial(1.5) } },
            "shop/jwt.key.current.generation",
            /whole/,
        ],
        [
            "a generation as text",
            { "shop/jwt.key": { current: { ...initial(1), generation: "1" } } },
            "shop/jwt.key.current.generation",
            /whole number/,
        ],
        [
            "31 February",
            { "shop/jwt.key": { current: { ...initial(1), since: "2026-02-31" } } },
            "shop/jwt.key.current.since",
            /calendar/,
        ],
        [
            "an unknown reason",
            { "shop/jwt.key": { current: { ...initial(1), reason: "because" } } },
            "shop/jwt.key.current.reason",
            /one of initial/,
        ],
        [
            "a request without reference",
            { "shop/jwt.key": { current: { ...initial(1), reason: "request" } } },
            "shop/jwt.key.current",
            /carries a reference/,
        ],
        [
            "a leap ahead",
            { "shop/jwt.key": { current: initial(4), next: initial(6) } },
            "shop/jwt.key.next",
            /announced after 4/,
        ],
        [
            "a previous one that came later",
            { "shop/jwt.key": { current: initial(4), previous: previous(5) } },
            "shop/jwt.key.previous",
            /before 4/,
        ],
        [
            "a previous one that is in use",
            { "shop/jwt.key": { current: initial(4), previous: previous(4) } },
            "shop/jwt.key.previous",
            /is the current/,
        ],
        [
            "a previous one that went before the current one came",
            {
                "shop/jwt.key": {
                    current: { ...initial(4), since: "2026-11-20" },
                    previous: { generation: 3, until: "2026-11-19" },
                },
            },
            "shop/jwt.key.previous.until",
            /before the current one came/,
        ],
        [
            "two rotations at a time",
            { "shop/jwt.key": { current: initial(4), next: initial(5), previous: previous(3) } },
            "shop/jwt.key.next",
            /before 3 was gone/,
        ],
        [
            "a number that nothing needs to remember",
            { "shop/jwt.key": { current: initial(4), highest: 4 } },
            "shop/jwt.key.highest",
            /shows it already/,
        ],
        [
            "a rewrite of what encrypts nothing",
            {
                "shop/jwt.key": {
                    current: initial(4),
                    previous: { ...previous(3), rewritten: "2026-11-20" },
                },
            },
            "shop/jwt.key.previous.rewritten",
            /encrypts nothing/,
        ],
        [
            "the beginning of a rewrite of what encrypts nothing",
            {
                "shop/jwt.key": {
                    current: initial(4),
                    previous: { ...previous(3), rewriting: "2026-11-20" },
                },
            },
            "shop/jwt.key.previous.rewriting",
            /encrypts nothing/,
        ],
        [
            "an announcement of a field that swaps",
            { "shop/db.password": { current: initial(1), next: initial(2) } },
            "shop/db.password.next",
            /only a field that rotates by overlap/,
        ],
        [
            "an overlap after a compromise",
            {
                "shop/jwt.key": {
                    current: { ...initial(2), reason: "compromise", reference: "INC-1" },
                    previous: previous(1),
                },
            },
            "shop/jwt.key.previous",
            /goes at once/,
        ],
    ];
    for (const [title, change, place, message] of cases) {
        it(`refuses ${title}`, () => {
            const { problems } = readLedger({ ...complete, ...change }, drawn, "ledger.yaml");
            const [problem, ...others] = problems.filter((found) => message.test(found.message));
            assert.deepEqual(others, []);
            assert.equal(problem?.place, `ledger.yaml: ${place}`);
        });
    }

    it("says how to add a field that it misses", () => {
        const { problems } = readLedger({}, drawn, "ledger.yaml");
        assert.deepEqual(
            problems.map(({ message }) => message),
            [...drawn.keys()].map((id) => `'${id}' is drawn and has no generation`),
        );
        assert.match(problems[0]!.fix!, /^Add 'shop\/jwt\.key: \{ current: \{ generation: 1/);
    });

    for (const source of [null, [], "text", 5]) {
        it(`is not ${JSON.stringify(source)}`, () => {
            assert.match(readLedger(source, drawn, "ledger.yaml").problems[0]!.message, /mapping/);
        });
    }
});

describe("ledgerFields", () => {
    it("knows which fields of the catalogue overlap", () => {
        const ours = ledgerFields(catalogue, true);
        const overlappingIds = [...ours]
            .filter(([, { rotationClass }]) => rotationClass.strategy === "overlap")
            .map(([id]) => id);
        assert.deepEqual(overlappingIds, [
            "devplatform/jwt.secret_key",
            "marketplace/jwt.secret_key",
            "marketplace/webhooks.amazon_hmac_secret",
            "marketplace/webhooks.ebay_hmac_secret",
            "marketplace/webhooks.etsy_hmac_secret",
            "yosai/app.fernet_key",
            "estuary/jwt.secret",
        ]);
        assert.equal(ours.get("gcpplatform/jwt-secret.value")?.isText, true);
    });
});

describe("stagedField", () => {
    it("names generations in a document", () => {
        assert.equal(stagedField("key", "current"), "key");
        assert.equal(stagedField("key", "previous"), "key_previous");
    });
});
